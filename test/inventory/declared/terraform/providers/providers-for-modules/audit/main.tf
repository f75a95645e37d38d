terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.home, aws.audit]
    }
  }
}

resource "aws_cloudwatch_log_group" "trail" {
  provider = aws.audit
  name     = "/aws/cloudtrail/main"
}

resource "aws_cloudtrail" "main" {
  provider                   = aws.audit
  name                       = "main"
  s3_bucket_name             = "audit-trail"
  is_multi_region_trail      = true
  enable_logging             = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}

resource "aws_cloudwatch_log_metric_filter" "mfa" {
  provider       = aws.audit
  name           = "mfa-deactivated"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventName = \"DeactivateMFADevice\" }"

  metric_transformation {
    namespace = "Security"
    name      = "MfaDeactivated"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "mfa" {
  provider            = aws.audit
  alarm_name          = "mfa-deactivated"
  namespace           = "Security"
  metric_name         = "MfaDeactivated"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_sns_topic" "alerts" {
  provider = aws.audit
  name     = "security-alerts"
}

resource "aws_sns_topic_subscription" "mail" {
  provider  = aws.audit
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
