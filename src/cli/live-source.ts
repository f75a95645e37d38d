import { awsReader } from '../inventory/aws/aws-reader.ts';
import type { AwsSettings } from '../inventory/aws/clients.ts';
import { awsClients } from '../inventory/aws/clients.ts';
import { callerOf, profileCredentials, roleCredentials } from '../inventory/aws/identity.ts';
import type { Options } from '../parameters/parameters.ts';
import type { Source } from './sources.ts';

/** How a live account is reached, as the AWS CLI takes it. */
export interface LiveOptions {
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** The account that credentials belong to, seen from a region. */
export function liveSource(live: LiveOptions, region: string, options: Options): Source {
  const settings: AwsSettings = {
    ...(live.endpointUrl === undefined ? {} : { endpoint: live.endpointUrl }),
    ...(live.profile === undefined ? {} : { credentials: profileCredentials(live.profile) }),
  };
  const name = `live account${live.profile === undefined ? '' : ` of profile ${live.profile}`}`;
  return {
    name,
    story: `${name}, seen from ${region}`,
    open: async () => {
      const { accountId, partition } = await callerOf(settings, region);
      const { foreignAccountRoleName: roleName } = options;
      const foreignClients =
        roleName === undefined
          ? {}
          : {
              foreignClients: (owner: string) =>
                awsClients({
                  ...settings,
                  credentials: roleCredentials({ partition, accountId: owner, roleName, region }, settings),
                }),
            };
      return awsReader({ clients: awsClients(settings), accountId, region, now: () => new Date(), ...foreignClients });
    },
  };
}
