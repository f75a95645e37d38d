import { ConfigServiceClient } from '@aws-sdk/client-config-service';

import type { Call } from '../inventory/aws/client/call.ts';
import type { AwsClients } from '../inventory/aws/client/clients.ts';
import { awsClients } from '../inventory/aws/client/clients.ts';
import { roleCredentials } from '../inventory/aws/client/role-credentials.ts';
import type { AwsSettings } from '../inventory/aws/client/settings.ts';
import { createClient } from '../inventory/aws/client/settings.ts';
import { ownOrganizationId } from '../inventory/aws/organization/own-organization.ts';

/** What is reached with one role, or with the function's own. */
export interface RoleSession {
  readonly clients: AwsClients;
  readonly config: ConfigServiceClient;
  /** The organization of the role's account; undefined if it is in none. Asked once in the life of the credentials. */
  readonly organizationId: (call: Call) => Promise<string | undefined>;
}

/** What is kept of a role for all calls of a warm container. */
interface KeptRole {
  readonly since: number;
  readonly settings: AwsSettings;
  readonly organizationId: (call: Call) => Promise<string | undefined>;
}

/** Credentials of 15 minutes are used for ten, so that a run that begins with them ends with them. */
const KEPT_MS = 10 * 60 * 1000;

/** A client takes some hundred kilobytes, and one function may evaluate thousands of accounts. */
const MAX_CLIENTS = 20;

/**
 * Keeps the credentials of each role and region until shortly before they expire, and the clients of those that were used
 * last. Every client signs with the credentials of its own role, whatever else runs at the same time.
 *
 * @param settings - how AWS is reached with the function's own role; the other roles are assumed with it
 * @returns the session of a role, by its ARN; without one, that of the function
 */
export function roleSessions(
  now: () => Date,
  settings: AwsSettings,
): (roleArn: string | undefined, region: string) => RoleSession {
  const roles = new Map<string, KeptRole>();
  const sessions = new Map<string, { readonly role: KeptRole; readonly session: RoleSession }>();

  const roleOf = (key: string, roleArn: string | undefined, region: string): KeptRole => {
    const time = now().getTime();
    // The map is in the order of age.
    for (const [oldest, { since }] of roles) {
      if (time - since < KEPT_MS) break;
      roles.delete(oldest);
    }
    const known = roles.get(key);
    if (known !== undefined) return known;
    const ofRole =
      roleArn === undefined
        ? settings
        : { ...settings, credentials: roleCredentials({ roleArn, region }, settings, now) };
    const role = {
      since: time,
      settings: ofRole,
      organizationId: once((call) => ownOrganizationId(ofRole, region, call)),
    };
    roles.set(key, role);
    return role;
  };

  return (roleArn, region) => {
    const key = `${roleArn ?? 'own'} ${region}`;
    const role = roleOf(key, roleArn, region);
    const known = sessions.get(key);
    const session =
      known?.role === role
        ? known.session
        : {
            clients: awsClients(role.settings),
            config: createClient(ConfigServiceClient, role.settings, region),
            organizationId: role.organizationId,
          };
    // The map is in the order of use.
    sessions.delete(key);
    sessions.set(key, { role, session });
    for (const [oldest] of sessions) {
      if (sessions.size <= MAX_CLIENTS) break;
      sessions.delete(oldest);
    }
    return session;
  };
}

/** Asks once, and again only after a failure. */
function once<T>(ask: (call: Call) => Promise<T>): (call: Call) => Promise<T> {
  let asked: Promise<T> | undefined;
  return (call) => {
    asked ??= ask(call).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
