import type { Declaration } from './declaration.ts';
import { unknown } from './value.ts';

/** The same thing with what decides about it not known. */
export function uncertain(declaration: Declaration, why: string): Declaration {
  switch (declaration.kind) {
    case 'trail':
      return { ...declaration, isMultiRegionTrail: unknown(why) };
    case 'log-group':
      return { ...declaration, logGroupClass: unknown(why) };
    case 'event-rule':
      return { ...declaration, rule: unknown(why) };
    case 'event-target':
      return { ...declaration, target: unknown(why) };
    case 'log-transformer':
    case 'event-bus':
    case 'opaque':
      // It may be there, so it counts.
      return declaration;
    case 'mute-rule':
      return { ...declaration, rule: unknown(why) };
    case 'metric-filter':
      return { ...declaration, filter: unknown(why) };
    case 'metric-alarm':
    case 'composite-alarm':
    case 'log-alarm':
      return { ...declaration, alarm: unknown(why) };
    case 'topic':
    case 'topic-policy':
    case 'key':
    case 'key-policy':
      return { ...declaration, policy: unknown(why) };
    case 'subscription':
      return { ...declaration, protocol: unknown(why) };
    case 'key-alias':
      return { ...declaration, keyArn: unknown(why) };
  }
}
