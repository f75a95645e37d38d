import { awsClients } from '../../inventory/aws/client/clients.ts';
import { profileCredentials } from '../../inventory/aws/client/identity.ts';
import { testMetricFilter } from '../../inventory/aws/test-metric-filter.ts';
import type { LiveOptions } from '../sources/live-source.ts';
import type { PatternTester } from './probe-ambiguities.ts';

/** Asks AWS, with the credentials of a profile or of the environment. */
export function livePatternTester({ profile, endpointUrl }: LiveOptions, region: string): PatternTester {
  const clients = awsClients({
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(profile === undefined ? {} : { credentials: profileCredentials(profile) }),
  });
  return (pattern, messages) => testMetricFilter(clients, region, pattern, messages);
}
