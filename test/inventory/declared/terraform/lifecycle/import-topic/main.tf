import {
  to = aws_sns_topic.alerts
  id = "arn:aws:sns:eu-west-1:111122223333:security-alerts"
}
