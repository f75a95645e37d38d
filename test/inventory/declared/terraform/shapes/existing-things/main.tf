data "aws_cloudwatch_log_group" "trail" {
  name = "/aws/cloudtrail/main"
}

data "aws_sns_topic" "alerts" {
  name = "security-alerts"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "audit-trail"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${data.aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}

resource "aws_cloudwatch_log_metric_filter" "mfa" {
  name           = "mfa-deactivated"
  log_group_name = data.aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventName = \"DeactivateMFADevice\" }"

  metric_transformation {
    namespace = "Security"
    name      = "MfaDeactivated"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "mfa" {
  alarm_name          = "mfa-deactivated"
  namespace           = "Security"
  metric_name         = "MfaDeactivated"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [data.aws_sns_topic.alerts.arn]
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = data.aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
