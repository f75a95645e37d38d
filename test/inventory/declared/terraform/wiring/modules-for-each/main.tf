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

resource "aws_cloudwatch_log_group" "trail" {
  name = "/aws/cloudtrail/main"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "audit-trail"
  is_multi_region_trail      = true
  enable_logging             = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}

locals {
  controls = {
    mfa  = "{ $.eventName = \"DeactivateMFADevice\" }"
    root = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
  }
}

module "topic" {
  source = "./topic"
  emails = ["oncall@example.com", "security@example.com"]
}

module "control" {
  source         = "./control"
  for_each       = local.controls
  name           = each.key
  pattern        = each.value
  log_group_name = aws_cloudwatch_log_group.trail.name
  topic_arn      = module.topic.arn
}
