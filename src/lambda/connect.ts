import { awsReader } from '../inventory/aws/aws-reader.ts';
import { createCall } from '../inventory/aws/client/call.ts';
import { omitUndefined } from '../inventory/aws/client/omit-undefined.ts';
import type { AwsSettings } from '../inventory/aws/client/settings.ts';
import type { Options } from '../parameters/parameters.ts';
import { configService } from './config-service.ts';
import type { Connection } from './handle.ts';
import { roleSessions } from './role-sessions.ts';
import type { Invocation } from './trigger.ts';

/** The time that reading leaves for sending the evaluations, in milliseconds. */
const RESERVED_FOR_PUBLISHING_MS = 10_000;

export interface ConnectRequest {
  readonly invocation: Invocation;
  readonly options: Options;
  /** The milliseconds that are left until Lambda ends the call. */
  readonly remainingMs: () => number;
  /** Whether the time to judge is over. Then nothing more is begun to be read. */
  readonly isOver?: () => boolean;
  /** Reports what could not be checked and does not prevent a verdict. */
  readonly note?: (text: string) => void;
}

/**
 * Makes the function that connects to accounts: with the function's own role, or with a role of the account.
 *
 * @param settings - how AWS is reached with the function's own role; the other roles are assumed with it
 */
export function createConnector(now: () => Date, settings: AwsSettings = {}): (request: ConnectRequest) => Connection {
  const sessionOf = roleSessions(now, settings);
  return ({ invocation, options, remainingMs, isOver, note }) => {
    const { accountId, partition, region } = invocation;
    const roleArnIn = (account: string, name: string) => `arn:${partition}:iam::${account}:role/${name}`;
    const { assumeRoleMode, executionRoleName, foreignAccountRoleName } = options;
    const roleArn =
      assumeRoleMode && executionRoleName !== undefined ? roleArnIn(accountId, executionRoleName) : undefined;
    const { clients, config, organizationId } = sessionOf(roleArn, region);
    const traffic = { calls: 0, retries: 0 };
    const onCall = (attempts: number) => {
      traffic.calls += 1;
      traffic.retries += attempts - 1;
    };
    const call = createCall({ accountId, remainingMs, onCall });
    return {
      reader: awsReader({
        clients,
        accountId,
        region,
        now,
        onCall,
        ...omitUndefined({ note, isOver }),
        deadline: () => remainingMs() - RESERVED_FOR_PUBLISHING_MS,
        ...(foreignAccountRoleName === undefined
          ? {}
          : { foreignClients: (account) => sessionOf(roleArnIn(account, foreignAccountRoleName), region).clients }),
      }),
      config: configService(config, call, region),
      organizationId: () => organizationId(call),
      traffic: () => traffic,
    };
  };
}
