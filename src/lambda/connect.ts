import { ConfigServiceClient } from '@aws-sdk/client-config-service';

import { awsReader } from '../inventory/aws/aws-reader.ts';
import { createCall } from '../inventory/aws/client/call.ts';
import type { AwsClients } from '../inventory/aws/client/clients.ts';
import { awsClients } from '../inventory/aws/client/clients.ts';
import { roleCredentials } from '../inventory/aws/client/role-credentials.ts';
import type { AwsSettings } from '../inventory/aws/client/settings.ts';
import { createClient } from '../inventory/aws/client/settings.ts';
import type { Options } from '../parameters/parameters.ts';
import { configService } from './config-service.ts';
import type { Connection } from './handle.ts';
import type { Invocation } from './trigger.ts';

/** The time that reading leaves for sending the evaluations, in milliseconds. */
const RESERVED_FOR_PUBLISHING_MS = 10_000;

export interface ConnectRequest {
  readonly invocation: Invocation;
  readonly options: Options;
  /** The milliseconds that are left until Lambda ends the call. */
  readonly remainingMs: () => number;
  /** Reports what could not be checked and does not prevent a verdict. */
  readonly note?: (text: string) => void;
}

/** The clients of one role, or of the function's own role. */
interface RoleClients {
  readonly clients: AwsClients;
  readonly config: ConfigServiceClient;
}

/**
 * Makes the function that connects to accounts. The clients of each role and region are built once and kept as long as
 * the container is warm: their connections and credentials with them.
 *
 * @param settings - how AWS is reached with the function's own role; the other roles are assumed with it
 */
export function createConnector(now: () => Date, settings: AwsSettings = {}): (request: ConnectRequest) => Connection {
  const known = new Map<string, RoleClients>();
  const clientsOf = (roleArn: string | undefined, region: string): RoleClients => {
    const key = `${roleArn ?? 'own'} ${region}`;
    const built = known.get(key) ?? buildClients(roleArn, region);
    known.set(key, built);
    return built;
  };
  const buildClients = (roleArn: string | undefined, region: string): RoleClients => {
    const forRole =
      roleArn === undefined
        ? settings
        : { ...settings, credentials: roleCredentials({ roleArn, region }, settings, now) };
    return {
      clients: awsClients(forRole),
      config: createClient(ConfigServiceClient, forRole, region),
    };
  };

  return ({ invocation, options, remainingMs, note }) => {
    const { accountId, partition, region } = invocation;
    const roleArnIn = (account: string, name: string) => `arn:${partition}:iam::${account}:role/${name}`;
    const { assumeRoleMode, executionRoleName, foreignAccountRoleName } = options;
    const roleArn =
      assumeRoleMode && executionRoleName !== undefined ? roleArnIn(accountId, executionRoleName) : undefined;
    const { clients, config } = clientsOf(roleArn, region);
    const traffic = { calls: 0, retries: 0 };
    const onCall = (attempts: number) => {
      traffic.calls += 1;
      traffic.retries += attempts - 1;
    };
    return {
      reader: awsReader({
        clients,
        accountId,
        region,
        now,
        onCall,
        ...(note === undefined ? {} : { note }),
        deadline: () => remainingMs() - RESERVED_FOR_PUBLISHING_MS,
        ...(foreignAccountRoleName === undefined
          ? {}
          : { foreignClients: (account) => clientsOf(roleArnIn(account, foreignAccountRoleName), region).clients }),
      }),
      config: configService(config, createCall({ accountId, remainingMs, onCall }), region),
      traffic: () => traffic,
    };
  };
}
