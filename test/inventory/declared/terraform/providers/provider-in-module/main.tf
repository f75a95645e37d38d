variable "region" {
  default = "eu-west-1"
}

module "alarm" {
  source    = "./alarm"
  region    = "eu-central-1"
  topic_arn = aws_sns_topic.alerts.arn
}
