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
