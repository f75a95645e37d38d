resource "aws_cloudwatch_log_metric_filter" "mfa" {
  name           = "mfa-deactivated"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventName = \"DeactivateMFADevice\" }"

  metric_transformation {
    namespace = "Security"
    name      = "MfaDeactivated"
    value     = "1"
    unit      = "Count"
    dimensions = {
      User = "$.userIdentity.userName"
    }
  }
}
