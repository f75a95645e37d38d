variable "create_metric_alarm" {
  type    = bool
  default = true
}
variable "alarm_name" {
  type = string
}
variable "namespace" {
  type    = string
  default = null
}
variable "metric_name" {
  type    = string
  default = null
}
variable "alarm_actions" {
  type    = list(string)
  default = null
}
variable "metric_query" {
  type    = any
  default = []
}

resource "aws_cloudwatch_metric_alarm" "this" {
  count               = var.create_metric_alarm ? 1 : 0
  alarm_name          = var.alarm_name
  namespace           = var.namespace
  metric_name         = var.metric_name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions

  dynamic "metric_query" {
    for_each = var.metric_query
    content {
      id         = metric_query.value.id
      expression = metric_query.value.expression
    }
  }
}
