import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';

/** How AWS is reached. What is left out is as the SDK finds it: environment, profile, role. */
export interface AwsSettings {
  /** One URL in the place of every service, for an emulator. */
  readonly endpoint?: string;
  readonly credentials?: NonNullable<ConstructorParameters<typeof SNSClient>[0]>['credentials'];
  /** How often a request is tried in all; 5 unless told. */
  readonly maxAttempts?: number;
  /** How long one try may take, in milliseconds; 10,000 unless told. */
  readonly requestTimeoutMs?: number;
}

/** The clients of one set of credentials, one for each service and region, built on first use and kept. */
export interface AwsClients {
  readonly cloudTrail: (region: string) => CloudTrailClient;
  readonly logs: (region: string) => CloudWatchLogsClient;
  readonly cloudWatch: (region: string) => CloudWatchClient;
  readonly sns: (region: string) => SNSClient;
  /** Loaded on first use. */
  readonly kms: (region: string) => Promise<KMSClient>;
}

/**
 * Makes the clients. Retries are adaptive and bounded: the SDK slows down when it is throttled, and gives up.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function awsClients(settings: AwsSettings = {}): AwsClients {
  const { endpoint, credentials, maxAttempts = 5, requestTimeoutMs = 10_000 } = settings;
  const shared = {
    maxAttempts,
    retryMode: 'adaptive',
    requestHandler: {
      requestTimeout: requestTimeoutMs,
      connectionTimeout: Math.min(requestTimeoutMs, 3000),
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return {
    cloudTrail: perRegion((region) => new CloudTrailClient({ ...shared, region })),
    logs: perRegion((region) => new CloudWatchLogsClient({ ...shared, region })),
    cloudWatch: perRegion((region) => new CloudWatchClient({ ...shared, region })),
    sns: perRegion((region) => new SNSClient({ ...shared, region })),
    kms: perRegion(async (region) => {
      const { KMSClient } = await import('./kms-sdk.ts');
      return new KMSClient({ ...shared, region });
    }),
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
