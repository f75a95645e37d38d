import { ConfigServiceClient } from '@aws-sdk/client-config-service';

import { awsReader } from '../inventory/aws/aws-reader.ts';
import { callWithin } from '../inventory/aws/client/call.ts';
import type { AwsClients, AwsSettings } from '../inventory/aws/client/clients.ts';
import { awsClients } from '../inventory/aws/client/clients.ts';
import type { Options } from '../parameters/parameters.ts';
import { configService } from './config-service.ts';
import type { Access } from './handle.ts';
import { roleCredentials } from './roles.ts';
import type { Invocation } from './trigger.ts';

/** What reading leaves for sending, in milliseconds. */
const FOR_PUBLISHING_MS = 10_000;

export interface Opening {
  readonly invocation: Invocation;
  readonly options: Options;
  /** The milliseconds that are left until Lambda ends the call. */
  readonly remainingMs: () => number;
}

/** The clients of one set of credentials. */
interface Entrance {
  readonly clients: AwsClients;
  readonly config: ConfigServiceClient;
}

/**
 * Opens accounts. Clients are built once for each role and region, and kept as long as the container is warm: their
 * connections and credentials with them.
 */
export function accountOpener(now: () => Date): (opening: Opening) => Access {
  const entrances = new Map<string, Entrance>();
  const enter = (roleArn: string | undefined, region: string): Entrance => {
    const key = `${roleArn ?? 'own'} ${region}`;
    const known = entrances.get(key);
    if (known) return known;
    const credentials = roleArn === undefined ? {} : { credentials: roleCredentials(roleArn, region, now) };
    const entrance = { clients: awsClients(credentials), config: configClient(credentials, region) };
    entrances.set(key, entrance);
    return entrance;
  };

  return ({ invocation, options, remainingMs }) => {
    const { accountId, partition, region } = invocation;
    const roleIn = (account: string, name: string) => `arn:${partition}:iam::${account}:role/${name}`;
    const { assumeRoleMode, executionRoleName, foreignAccountRoleName } = options;
    const own = assumeRoleMode && executionRoleName !== undefined ? roleIn(accountId, executionRoleName) : undefined;
    const { clients, config } = enter(own, region);
    return {
      reader: awsReader({
        clients,
        accountId,
        region,
        now,
        deadline: () => remainingMs() - FOR_PUBLISHING_MS,
        ...(foreignAccountRoleName === undefined
          ? {}
          : { foreignClients: (account) => enter(roleIn(account, foreignAccountRoleName), region).clients }),
      }),
      config: configService(config, callWithin(remainingMs)),
    };
  };
}

/** Retries like the clients of the reader. */
function configClient({ credentials }: AwsSettings, region: string): ConfigServiceClient {
  return new ConfigServiceClient({
    ...(credentials === undefined ? {} : { credentials }),
    region,
    maxAttempts: 5,
    retryMode: 'adaptive',
    requestHandler: { requestTimeout: 10_000, connectionTimeout: 3000, throwOnRequestTimeout: true },
  });
}
