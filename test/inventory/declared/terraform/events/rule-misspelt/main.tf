terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# The events of IAM arrive in one region only.
provider "aws" {
  alias                       = "global"
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_cloudtrail" "main" {
  name                  = "main"
  s3_bucket_name        = "audit-trail"
  is_multi_region_trail = true
}

resource "aws_cloudwatch_event_rule" "mfa" {
  provider = aws.global
  name     = "mfa-rule"
  event_pattern = jsonencode({
    source      = ["aws.iam"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail      = { eventname = ["DeactivateMFADevice"] }
  })
}

resource "aws_cloudwatch_event_target" "topic" {
  provider = aws.global
  rule     = aws_cloudwatch_event_rule.mfa.name
  arn      = aws_sns_topic.alerts.arn
}

resource "aws_sns_topic" "alerts" {
  provider = aws.global
  name     = "security-events"
}

data "aws_iam_policy_document" "publish" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alerts.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "alerts" {
  provider = aws.global
  arn      = aws_sns_topic.alerts.arn
  policy   = data.aws_iam_policy_document.publish.json
}

resource "aws_sns_topic_subscription" "mail" {
  provider  = aws.global
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
