import { profileCredentials } from '../../inventory/aws/client/identity.ts';
import type { AwsSettings } from '../../inventory/aws/client/settings.ts';
import type { LiveOptions } from './account-options.ts';
import { proxyAgent } from './proxy.ts';

/** How AWS is reached, as the command line and the environment say. */
export function awsSettingsOf({ profile, endpointUrl }: LiveOptions): AwsSettings {
  const agent = proxyAgent();
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(profile === undefined ? {} : { credentials: profileCredentials(profile, agent) }),
  };
}
