output "function_arn" {
  description = "The function in this account, for conformance packs; null without a stack here."
  value       = one(aws_cloudformation_stack.here[*].outputs["FunctionArn"])
}

output "function_role_arn" {
  description = "The identity that roles in other accounts trust; null without a stack here."
  value       = one(aws_cloudformation_stack.here[*].outputs["FunctionRoleArn"])
}

output "stack_set_id" {
  description = "The stack set; null without one."
  value       = one(aws_cloudformation_stack_set.members[*].stack_set_id)
}
