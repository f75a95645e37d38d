resource "aws_sns_topic" "tickets" {
  name = "tickets"
}

module "filter" {
  source                          = "./log-metric-filter"
  log_group_name                  = aws_cloudwatch_log_group.trail.name
  name                            = "mfa-deactivated"
  pattern                         = "{ $.eventName = \"DeactivateMFADevice\" }"
  metric_transformation_namespace = "Security"
  metric_transformation_name      = "MfaDeactivated"
}

module "alarm" {
  source        = "./metric-alarm"
  alarm_name    = "mfa-deactivated"
  namespace     = "Security"
  metric_name   = "MfaDeactivated"
  alarm_actions = [aws_sns_topic.tickets.arn, aws_sns_topic.alerts.arn]
}
