/** What is used of STS. An import on first use takes a whole package; of this file the bundler keeps these alone. */
export { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
