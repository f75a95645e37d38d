import { byCodeUnit } from '../chain/base/by-code-unit.ts';

/** What a name is of: names of different things never stand for each other, even if they are spelled the same. */
export type NameKind =
  | 'account'
  | 'trail'
  | 'event-selector'
  | 'log-group'
  | 'metric-filter'
  | 'namespace'
  | 'metric'
  | 'query'
  | 'dimension'
  | 'alarm'
  | 'mute-rule'
  | 'topic'
  | 'subscription'
  | 'key'
  | 'alias'
  | 'policy'
  | 'statement'
  | 'attribute'
  | 'address'
  | 'unique-id'
  | 'resource'
  | 'value';

/** What is shown in place of a name: the same for the same name of the same kind, and another for every other. */
export type StandIn = (kind: NameKind, name: string) => string;

/** The names that were met, by what they are of. */
export type Names = ReadonlyMap<NameKind, ReadonlySet<string>>;

/**
 * Finds out which names a rewriting meets: it is done once with every name standing for itself.
 *
 * @param rewrite - asks for what stands in for each name
 */
export function namesMetBy(rewrite: (standIn: StandIn) => unknown): Names {
  const names = new Map<NameKind, Set<string>>();
  rewrite((kind, name) => {
    const met = names.get(kind) ?? new Set();
    names.set(kind, met.add(name));
    return name;
  });
  return names;
}

/**
 * Numbers names in their own order, and in as many digits as the last of their kind needs: what is decided by the order
 * of names stays so, and no stand-in begins another.
 */
export function standInsFor(names: Names): StandIn {
  const table = new Map<string, string>();
  for (const [kind, met] of names) {
    const width = String(met.size).length;
    for (const [index, name] of [...met].sort(byCodeUnit).entries()) {
      table.set(`${kind} ${name}`, spelled(kind, String(index + 1), width, name));
    }
  }
  return (kind, name) => {
    const standIn = table.get(`${kind} ${name}`);
    if (standIn === undefined) throw new Error(`no stand-in was made for a ${kind}`);
    return standIn;
  };
}

/** In the form that AWS gives such names, where it gives them one. */
function spelled(kind: NameKind, number: string, width: number, name: string): string {
  const text = number.padStart(width, '0');
  switch (kind) {
    case 'account':
      return `1${number.padStart(11, '0')}`;
    case 'subscription':
    case 'key':
      return `00000000-0000-4000-8000-${number.padStart(12, '0')}`;
    case 'topic':
      return `topic-${text}${name.endsWith('.fifo') ? '.fifo' : ''}`;
    case 'address':
      return `somebody-${text}@example.com`;
    case 'unique-id':
      return `${name.slice(0, 4)}${number.padStart(17, '0')}`;
    case 'trail':
    case 'event-selector':
    case 'log-group':
    case 'metric-filter':
    case 'namespace':
    case 'metric':
    case 'dimension':
    case 'alarm':
    case 'mute-rule':
    case 'alias':
    case 'policy':
    case 'statement':
    case 'attribute':
    case 'resource':
      return `${kind}-${text}`;
    // In a filter pattern it may stand without quotes, where a hyphen would need them.
    case 'value':
      return `value${text}`;
    // In metric math it stands without quotes too.
    case 'query':
      return `query${text}`;
  }
}
