import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';

import type { AwsSettings } from './settings.ts';
import { createClient } from './settings.ts';

/** The clients of one set of credentials: one for each service and region, built on first use and kept. */
export interface AwsClients {
  readonly cloudTrail: (region: string) => CloudTrailClient;
  readonly logs: (region: string) => CloudWatchLogsClient;
  readonly cloudWatch: (region: string) => CloudWatchClient;
  readonly sns: (region: string) => SNSClient;
  readonly eventBridge: (region: string) => EventBridgeClient;
  readonly kms: (region: string) => KMSClient;
}

export function awsClients(settings: AwsSettings = {}): AwsClients {
  return {
    cloudTrail: perRegion((region) => createClient(CloudTrailClient, settings, region)),
    logs: perRegion((region) => createClient(CloudWatchLogsClient, settings, region)),
    cloudWatch: perRegion((region) => createClient(CloudWatchClient, settings, region)),
    sns: perRegion((region) => createClient(SNSClient, settings, region)),
    eventBridge: perRegion((region) => createClient(EventBridgeClient, settings, region)),
    kms: perRegion((region) => createClient(KMSClient, settings, region)),
  };
}

function perRegion<C>(build: (region: string) => C): (region: string) => C {
  const built = new Map<string, C>();
  return (region) => {
    const client = built.get(region) ?? build(region);
    built.set(region, client);
    return client;
  };
}
