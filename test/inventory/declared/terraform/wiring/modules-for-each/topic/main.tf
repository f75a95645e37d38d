variable "emails" {
  type = list(string)
}

resource "aws_sns_topic" "this" {
  name = "security-alerts"
}

resource "aws_sns_topic_subscription" "mail" {
  for_each  = toset(var.emails)
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}

output "arn" {
  value = aws_sns_topic.this.arn
}
