resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}

removed {
  from = aws_sns_topic_subscription.mail

  lifecycle {
    destroy = false
  }
}
