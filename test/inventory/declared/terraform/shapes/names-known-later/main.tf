variable "address" {
  type      = string
  sensitive = true
  default   = "oncall@example.com"
}

locals {
  pattern = <<-EOT
    { ($.eventSource = iam.amazonaws.com) &&
      ($.eventName = DeactivateMFADevice) }
  EOT
}

resource "aws_cloudwatch_log_group" "trail" {
  name_prefix = "cloudtrail-"
}

resource "terraform_data" "ready" {
  input = aws_cloudwatch_log_group.trail.name
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "audit-trail"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
  depends_on                 = [terraform_data.ready]
}

resource "aws_cloudwatch_log_metric_filter" "mfa" {
  name           = "mfa-deactivated"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = local.pattern

  metric_transformation {
    namespace = "Security"
    name      = "MfaDeactivated"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "mfa" {
  alarm_name          = "mfa-deactivated"
  namespace           = aws_cloudwatch_log_metric_filter.mfa.metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.mfa.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  depends_on          = [aws_cloudwatch_log_metric_filter.mfa, terraform_data.ready]
}

resource "aws_sns_topic" "alerts" {
  name_prefix = "security-"
}

resource "aws_sns_topic_subscription" "mail" {
  for_each  = toset(["email", "email-json"])
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = each.value
  endpoint  = var.address
}
