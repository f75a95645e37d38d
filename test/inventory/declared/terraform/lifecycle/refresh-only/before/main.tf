terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "/aws/cloudtrail/main"
}

resource "aws_cloudwatch_log_metric_filter" "mfa" {
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
  name = "security-alerts"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
