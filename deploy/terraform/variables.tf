variable "name" {
  description = "The name of the stack and of the stack set."
  type        = string
  default     = "cloudtrail-alarms"
}

variable "template" {
  description = "The path of the template: `npm run template` writes dist/template.json."
  type        = string
}

variable "bucket" {
  description = "The name of a bucket that exists. The template is put there, because CloudFormation takes one of this size from a bucket only. No other account needs to read it."
  type        = string
}

variable "parameters" {
  description = "Parameters of the template, such as Controls, by name. The template checks the values."
  type        = map(string)
  default     = {}
}

variable "in_this_account" {
  description = "Whether the stack is created in the account and region of the provider. A stack set never creates it in the management account."
  type        = bool
  default     = true
}

variable "organizational_unit_ids" {
  description = "The organizational units, or the root, whose accounts get the stack from a stack set, also accounts that join later. None for no stack set."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.organizational_unit_ids : can(regex("^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$", id))])
    error_message = "Each id is that of an organizational unit (ou-...) or of the root (r-...)."
  }
}

variable "regions" {
  description = "The regions of the stack set: the home region of the trail of each account."
  type        = list(string)
  default     = ["us-east-1"]

  validation {
    condition     = length(var.regions) > 0
    error_message = "Name a region."
  }
}

variable "call_as" {
  description = "SELF in the management account, DELEGATED_ADMIN in a delegated administrator of CloudFormation."
  type        = string
  default     = "SELF"

  validation {
    condition     = contains(["SELF", "DELEGATED_ADMIN"], var.call_as)
    error_message = "Allowed is SELF or DELEGATED_ADMIN."
  }
}
