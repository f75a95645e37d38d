import { ConfigServiceClient } from '@aws-sdk/client-config-service';

import { awsReader } from '../../src/inventory/aws/aws-reader.ts';
import { callWithin } from '../../src/inventory/aws/client/call.ts';
import { awsClients } from '../../src/inventory/aws/client/clients.ts';
import { configService } from '../../src/lambda/config-service.ts';
import type { Dependencies } from '../../src/lambda/handle.ts';

export interface LiveSettings {
  readonly url: string;
  readonly now: () => Date;
  /** How often a request is tried in all. */
  readonly maxAttempts?: number;
  /** How long one try may take, in milliseconds. */
  readonly requestTimeoutMs?: number;
}

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** Opens accounts at one endpoint with the real clients. Once is as good as often where nothing passes by itself. */
export function liveOpener({
  url,
  now,
  maxAttempts = 1,
  requestTimeoutMs = 10_000,
}: LiveSettings): Dependencies['open'] {
  return ({ accountId, region }) => {
    const shared = { endpoint: url, credentials, maxAttempts };
    const requestHandler = { requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true };
    return {
      reader: awsReader({ clients: awsClients({ ...shared, requestTimeoutMs }), accountId, region, now }),
      config: configService(new ConfigServiceClient({ ...shared, region, requestHandler }), callWithin(undefined)),
    };
  };
}
