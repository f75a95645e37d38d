locals {
  selectors = [{ type = "WriteOnly", sources = ["kms.amazonaws.com"] }]
  metrics   = ["MfaDeactivated"]
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "/aws/cloudtrail/main"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "audit-trail"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"

  dynamic "event_selector" {
    for_each = local.selectors
    content {
      read_write_type                  = event_selector.value.type
      include_management_events        = true
      exclude_management_event_sources = event_selector.value.sources
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "mfa" {
  name           = "mfa-deactivated"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern = templatefile("${path.module}/pattern.tftpl", {
    names = ["DeactivateMFADevice"]
  })

  dynamic "metric_transformation" {
    for_each = toset(local.metrics)
    content {
      namespace = "Security"
      name      = metric_transformation.value
      value     = "1"
    }
  }
}
