/** What is used of KMS. An import on first use takes a whole package; of this file the bundler keeps these alone. */
export { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
