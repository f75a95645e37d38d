locals {
  services = ["events.amazonaws.com"]
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for service in local.services : {
      Effect    = "Allow"
      Action    = "sns:Publish"
      Resource  = "*"
      Principal = { Service = service }
    }]
  })
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
