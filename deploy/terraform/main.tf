# Deploys the self-contained template: as a stack here, as a stack set to the accounts of an organization, or both. What is
# created is in the template alone, so that both ways, the console and this module create the same.

data "aws_s3_bucket" "templates" {
  bucket = var.bucket
}

# The key has the hash of the content, so that a new template has a new address, and CloudFormation sees a change.
resource "aws_s3_object" "template" {
  bucket       = data.aws_s3_bucket.templates.bucket
  key          = "${var.name}-${filesha256(var.template)}.json"
  source       = var.template
  content_type = "application/json"
}

locals {
  template_url = "https://${data.aws_s3_bucket.templates.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  # The role of the remediation document has a name that conformance packs can say.
  capabilities = ["CAPABILITY_NAMED_IAM"]
  has_members  = length(var.organizational_unit_ids) > 0
}

resource "aws_cloudformation_stack" "here" {
  count = var.in_this_account ? 1 : 0

  name         = var.name
  template_url = local.template_url
  parameters   = var.parameters
  capabilities = local.capabilities
}

resource "aws_cloudformation_stack_set" "members" {
  count = local.has_members ? 1 : 0

  name             = var.name
  description      = "AWS Config rules on alarms for CloudTrail events."
  permission_model = "SERVICE_MANAGED"
  call_as          = var.call_as
  template_url     = local.template_url
  parameters       = var.parameters
  capabilities     = local.capabilities

  auto_deployment {
    enabled                          = true
    retain_stacks_on_account_removal = false
  }

  managed_execution {
    active = true
  }

  operation_preferences {
    failure_tolerance_percentage = 10
    max_concurrent_percentage    = 25
    region_concurrency_type      = "PARALLEL"
  }

  # With service-managed permissions AWS sets it.
  lifecycle {
    ignore_changes = [administration_role_arn]
  }
}

resource "aws_cloudformation_stack_instances" "members" {
  count = local.has_members ? 1 : 0

  stack_set_name = aws_cloudformation_stack_set.members[0].name
  call_as        = var.call_as
  regions        = var.regions

  deployment_targets {
    organizational_unit_ids = var.organizational_unit_ids
  }

  operation_preferences {
    failure_tolerance_percentage = 10
    max_concurrent_percentage    = 25
    region_concurrency_type      = "PARALLEL"
  }
}
