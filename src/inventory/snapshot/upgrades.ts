import { logGroupName, parseArn } from '../arn.ts';
import type { Inventory, Part, PartKind, Parts } from '../model.ts';
import { partId } from '../model.ts';
import type { MetricPlace } from '../part-keys.ts';
import { metricPublishersKey } from '../part-keys.ts';
import type { Alarm, FilterOfLogGroup } from '../resources.ts';
import { metricsWatchedBy } from './unwatched-metric.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What a file of an older version says, in the shape of the present version, and what that version does not hold. */
export interface Upgraded {
  readonly inventory: Inventory;
  /** A sentence each, without a full stop. */
  readonly notHeld: readonly string[];
  /** Kinds of parts that were not saved yet when the file was written. Such a part is undecided. */
  readonly kindsNotHeld: readonly PartKind[];
}

/**
 * The shape of each older version in that of the next, by version. A new version of the format adds a line here, and a
 * file of the version before it to `test/inventory/snapshot/files/`.
 */
const upgrades: Readonly<Record<number, (file: Raw) => Raw>> = {
  1: fromVersion1,
  2: fromVersion2,
  3: fromVersion3,
};

/**
 * A file in the shape of the present version of the format.
 *
 * @param file - the file as it is, not checked yet
 * @param version - the version that it says
 */
export function upgradeShape(file: Raw, version: number): Raw {
  const step = upgrades[version];
  return step === undefined ? file : upgradeShape(step(file), version + 1);
}

/**
 * Version 1 had no head. While it was the version, what was saved grew: parts were added, and the key of a topic was
 * only a policy under the name `key-policy` for a while.
 */
function fromVersion1(file: Raw): Raw {
  const { parts, ...rest } = file;
  return { ...rest, formatVersion: 2, head: { upgradedFrom: 1 }, parts: isRaw(parts) ? withKeys(parts) : parts };
}

/**
 * Version 2 came to hold the rules of EventBridge while it was the version, and holds of an alarm on a query of logs only
 * what every alarm has. Version 3 has the query and the settings as well; where they are missing, they are not known.
 */
function fromVersion2(file: Raw): Raw {
  const { head } = file;
  // A copy of a still older file lacks what that file lacked.
  return { ...file, formatVersion: 3, head: isRaw(head) ? { upgradedFrom: 2, ...head } : head };
}

/** Version 4 can say why the caller is not known. No earlier file was written without knowing its caller. */
function fromVersion3(file: Raw): Raw {
  const { head } = file;
  return { ...file, formatVersion: 4, head: isRaw(head) ? { upgradedFrom: 3, ...head } : head };
}

function withKeys(parts: Raw): Raw {
  if (!('key-policy' in parts) || !isRaw(parts['key-policy'])) return parts;
  const { 'key-policy': policies, ...others } = parts;
  const keys = Object.entries(policies).map(([id, part]) => [id, keyOf(part)] as const);
  return { ...others, key: Object.fromEntries(keys) };
}

/** Without who manages the key and its state, only a policy that refuses is certain. */
function keyOf(part: unknown): unknown {
  if (!isRaw(part) || typeof part['value'] !== 'string') return part;
  return { ...part, value: { keyManager: NOT_HELD, keyState: NOT_HELD, policy: part['value'] } };
}

const NOT_HELD = 'not held by this version of the file';

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The kinds of parts that each older version did not hold from its beginning. */
const kindsAddedTo: readonly (readonly [version: number, kinds: readonly PartKind[]])[] = [
  [
    1,
    [
      'log-group',
      'log-transformers',
      'mute-rules',
      'alarm-history',
      'topic-attributes',
      'key',
      'subscription-attributes',
    ],
  ],
  [2, ['event-rules', 'event-rule-targets']],
];

/**
 * The kinds of parts that a file lacks because its version did not hold them, at least at first.
 *
 * @param parts - what the file holds
 * @param version - the version that it was written in
 */
export function kindsNotHeldBy(version: number, parts: Parts): readonly PartKind[] {
  return kindsAddedTo
    .flatMap(([added, kinds]) => (version <= added ? kinds : []))
    .filter((kind) => !holds(parts, kind));
}

/** Whether a file holds a kind of parts that came after its version, so that its version is not the one that wrote it. */
export function holdsLaterKinds(version: number, parts: Parts): boolean {
  return kindsAddedTo.some(([added, kinds]) => version < added && kinds.some((kind) => holds(parts, kind)));
}

function holds(parts: Parts, kind: PartKind): boolean {
  return Object.keys(parts[kind] ?? {}).length > 0;
}

/** What a file of version 1 may not hold, although it is judged. */
export const notHeldSentences = {
  states: 'the file does not hold the states of alarms, so an alarm that is in ALARM all the time is not noticed',
  publishers:
    'the file does not hold which metric filters of other log groups publish to the metrics of the alarms, so traffic ' +
    'from there is not noticed',
  digest: 'the file does not hold a digest, so a change of it is not noticed',
} as const;

/**
 * What is known of an account from a file that was written in an older version of the format.
 *
 * Version 1 came to hold the states of alarms, and who publishes to a metric, only at its end. A file without them says
 * nothing of them: the account is judged on its settings, and the result says what was not judged.
 */
export function withoutLaterFacts(inventory: Inventory, version: number): Upgraded {
  const { parts } = inventory;
  const kindsNotHeld = kindsNotHeldBy(version, parts);
  if (version >= 2) return { inventory: withUnknownStates(inventory), notHeld: [], kindsNotHeld };
  const alarms = alarmsIn(inventory);
  const hasPublishers = Object.keys(parts['metric-publishers'] ?? {}).length > 0;
  const notHeld = [
    ...(alarms.some(({ stateValue }) => stateValue === undefined) ? [notHeldSentences.states] : []),
    ...(hasPublishers || alarms.length === 0 ? [] : [notHeldSentences.publishers]),
    notHeldSentences.digest,
  ];
  return {
    inventory: hasPublishers ? inventory : withPublishers(inventory),
    notHeld,
    kindsNotHeld,
  };
}

/** CloudWatch gives the state of every alarm, so a missing one is not known. */
function withUnknownStates(inventory: Inventory): Inventory {
  if (alarmsIn(inventory).every(({ stateValue }) => stateValue !== undefined)) return inventory;
  const complete = <A extends Alarm>(ofKind: Readonly<Record<string, Part<readonly A[]>>> = {}) =>
    Object.fromEntries(
      Object.entries(ofKind).map(([id, part]) => [
        id,
        part.kind === 'unreadable'
          ? part
          : { ...part, value: part.value.map((alarm) => ({ stateValue: 'unknown', ...alarm })) },
      ]),
    );
  const { alarms, 'alarms-for-metric': onMetrics } = inventory.parts;
  return {
    ...inventory,
    parts: {
      ...inventory.parts,
      ...(alarms === undefined ? {} : { alarms: complete(alarms) }),
      ...(onMetrics === undefined ? {} : { 'alarms-for-metric': complete(onMetrics) }),
    },
  };
}

/** The metric filters of all log groups in the file stand in for the publishers of each metric that an alarm can watch. */
function withPublishers(inventory: Inventory): Inventory {
  const publishers = new Map<string, FilterOfLogGroup[]>();
  const publishersOf = (key: MetricPlace): FilterOfLogGroup[] => {
    const id = partId(metricPublishersKey(key));
    const known = publishers.get(id) ?? [];
    publishers.set(id, known);
    return known;
  };
  const watched = alarmsIn(inventory).flatMap(metricsWatchedBy);
  const places = new Map<string, Pick<MetricPlace, 'accountId' | 'region'>>();
  for (const [logGroupArn, list] of Object.entries(inventory.parts['metric-filters'] ?? {})) {
    const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
    places.set(`${accountId} ${region}`, { accountId, region });
    for (const filter of list.kind === 'present' ? (list.value ?? []) : []) {
      const lists = filter.metricTransformations.map(({ metricNamespace, metricName }) =>
        publishersOf({ accountId, region, namespace: metricNamespace, metricName }),
      );
      for (const one of new Set(lists)) one.push({ logGroupName: logGroupName(logGroupArn), filter });
    }
  }
  for (const place of places.values()) for (const metric of watched) publishersOf({ ...place, ...metric });
  const parts = [...publishers].map(([id, value]) => [id, { kind: 'present', value }] as const);
  return { ...inventory, parts: { ...inventory.parts, 'metric-publishers': Object.fromEntries(parts) } };
}

function alarmsIn({ parts }: Inventory): readonly Alarm[] {
  const lists: readonly Part<readonly Alarm[]>[] = [
    ...Object.values(parts.alarms ?? {}),
    ...Object.values(parts['alarms-for-metric'] ?? {}),
  ];
  return lists.flatMap((part) => (part.kind === 'present' ? part.value : []));
}
