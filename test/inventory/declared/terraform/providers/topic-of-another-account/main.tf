provider "aws" {
  alias                       = "other"
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  assume_role {
    role_arn = "arn:aws:iam::999900001111:role/deploy"
  }
}

resource "aws_sns_topic" "alerts" {
  provider = aws.other
  name     = "security-alerts"
}

resource "aws_sns_topic_subscription" "mail" {
  provider  = aws.other
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
