variable "name" {}
variable "pattern" {}
variable "log_group_name" {}
variable "topic_arn" {}

resource "aws_cloudwatch_log_metric_filter" "this" {
  name           = var.name
  log_group_name = var.log_group_name
  pattern        = var.pattern

  metric_transformation {
    namespace = "Security"
    name      = var.name
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = var.name
  namespace           = aws_cloudwatch_log_metric_filter.this.metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.this.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
}
