resource "terraform_data" "checked" {
  lifecycle {
    precondition {
      condition     = length(aws_sns_topic.alerts.name) > 20
      error_message = "The name is too short."
    }
  }
}
