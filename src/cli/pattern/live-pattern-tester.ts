import { awsClients } from '../../inventory/aws/client/clients.ts';
import { testMetricFilter } from '../../inventory/aws/test-metric-filter.ts';
import type { LiveOptions } from '../sources/account-options.ts';
import { awsSettingsOf } from '../sources/aws-settings.ts';
import type { PatternTester } from './probe-ambiguities.ts';

/** Asks AWS, with the credentials of a profile or of the environment. */
export function livePatternTester(live: LiveOptions, region: string): PatternTester {
  const clients = awsClients(awsSettingsOf(live));
  return (pattern, messages) => testMetricFilter(clients, region, pattern, messages);
}
