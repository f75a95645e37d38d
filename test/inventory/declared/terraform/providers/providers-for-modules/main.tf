provider "aws" {
  alias                       = "audit"
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "audit" {
  source = "./audit"

  providers = {
    aws.home  = aws
    aws.audit = aws.audit
  }
}
