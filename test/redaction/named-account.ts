import fc from 'fast-check';

import type { Inventory } from '../../src/inventory/model.ts';
import type { Alarm, MetricFilter } from '../../src/inventory/resources.ts';
import { arbitraryWorld } from '../support/worlds/arbitrary-world.ts';
import type { World } from '../support/worlds/world.ts';
import { ACCOUNT, LOG_GROUP_ARN, PATTERN, TOPIC_ARN, filter, snapshotOf, soundWorld } from '../support/worlds/world.ts';
import { withNamedRoutes } from './named-routes.ts';
import { kinds, spellings } from './planted-texts.ts';

/** A random account that is full of names of one person, and the name. */
export interface NamedAccount {
  readonly inventory: Inventory;
  readonly text: string;
  readonly spelled: string;
}

/** A text as the name of a thing that AWS restricts to letters, digits, hyphens and underscores. */
const plain = (text: string) => text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'name';

/** A text as a value in double quotes, in which a pattern has no escapes. */
const quoted = (text: string) => JSON.stringify(text.replaceAll(/["\\*%]/g, ''));

/** A regular expression for a text. It has no percent sign, so a name in the encoding of URLs is asked for as it is. */
const literal = (text: string) =>
  text
    .replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/[^A-Za-z0-9]/g, '.');

/** Filter patterns that name somebody, each in its own way. */
const patternsFor = (text: string): readonly string[] => [
  `{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.userName != ${quoted(text)}) }`,
  `{ ($.eventName = DeactivateMFADevice) || ($.userIdentity.arn = ${quoted(`arn:aws:iam::${ACCOUNT}:user/${text}`)}) }`,
  `{ ($.eventName = "DeactivateMFADevice") && ($.sourceIPAddress != ${quoted(text)}) && ($.requestParameters.${plain(text).replaceAll('-', '')} NOT EXISTS) }`,
  `{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.principalId != "*:${text.replaceAll(/["\\*%]/g, '')}") }`,
  `{ $.userIdentity.arn = %${literal(text)}% }`,
  `{ $.errorMessage = ${quoted(`User: ${text} is not authorized`)} }`,
  `[ip, user=${quoted(text)}, ...]`,
  `${quoted(text)} ?${quoted(text)}`,
];

/** The random world with the name in what people name, and more things that hold names. */
function named(world: World, spelled: string, picks: readonly number[]): Inventory {
  const [pick = 0, other = 0] = picks;
  const patterns = patternsFor(spelled);
  const more = [patterns[pick % patterns.length] ?? PATTERN, patterns[other % patterns.length] ?? PATTERN];
  const extra = more.map((filterPattern, at): MetricFilter =>
    filter({
      filterName: `${spelled} ${at}`,
      filterPattern,
      metricTransformations: [
        { metricNamespace: spelled, metricName: `${spelled}${at}`, metricValue: '1' },
        { metricNamespace: 'Security', metricName: 'MfaDeactivated', metricValue: '1' },
      ],
    }),
  );
  const alarms = Object.entries(world.alarms).map(
    ([where, listed]) => [where, listed.map(namedAlarm(spelled))] as const,
  );
  const inventory = snapshotOf({
    ...world,
    filters: {
      ...world.filters,
      [LOG_GROUP_ARN]: [...(world.filters[LOG_GROUP_ARN] ?? []), ...extra],
    },
    alarms: Object.fromEntries(alarms),
    selectors: Object.fromEntries(
      Object.entries(world.selectors).map(([arn, selectors], at) => [
        arn,
        (pick + at) % 3 === 0
          ? {
              eventSelectors: [],
              advancedEventSelectors: [
                {
                  name: spelled,
                  fieldSelectors: [
                    { field: 'eventCategory', equals: ['Management'] },
                    { field: 'userIdentity.arn', notEquals: [`arn:aws:iam::${ACCOUNT}:user/${spelled}`] },
                  ],
                },
              ],
            }
          : selectors,
      ]),
    ),
    muteRules: Object.fromEntries(
      Object.entries(world.muteRules ?? {}).map(([id, rules]) => [
        id,
        rules.map((rule) => ({ ...rule, name: spelled })),
      ]),
    ),
    histories: Object.fromEntries(
      Object.entries(world.histories ?? {}).map(([id, actions]) => [
        id,
        actions.map((action) => ({ ...action, actionState: JSON.stringify({ error: spelled }) })),
      ]),
    ),
    filterPolicies:
      other % 4 === 0
        ? {
            [`${TOPIC_ARN}:5d3c9f0e-8a41-4b6e-9d5f-0c7b8e2a1f44`]: {
              filterPolicyScope: 'MessageBody',
              filterPolicy: JSON.stringify({
                AlarmName: [{ prefix: spelled }, { 'anything-but': ['x', spelled] }],
              }),
            },
          }
        : {},
    topics: Object.fromEntries(
      Object.entries(world.topics).map(([arn, topic]) => {
        if (topic === null || topic.policy === '') return [arn, topic];
        const policy = JSON.parse(topic.policy) as { readonly Statement: readonly object[] };
        const statement = {
          Sid: plain(spelled),
          Effect: pick % 2 === 0 ? 'Allow' : 'Deny',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/${plain(spelled)}` },
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${plain(spelled)}*` } },
        };
        return [
          arn,
          { ...topic, policy: JSON.stringify({ ...policy, Id: spelled, Statement: [...policy.Statement, statement] }) },
        ];
      }),
    ),
  });
  return withNames(inventory, plain(spelled));
}

/** An alarm with the name in its dimensions, or in its own name where composite rules do not name it. */
function namedAlarm(spelled: string) {
  return (one: Alarm, at: number): Alarm =>
    one.kind === 'metric-alarm' && at % 2 === 1
      ? {
          ...one,
          namespace: spelled,
          metricName: `${spelled}0`,
          dimensions: [{ name: plain(spelled), value: spelled }],
        }
      : one;
}

/** The names of the trail, the log group and the topic, replaced wherever they are. */
function withNames(inventory: Inventory, name: string): Inventory {
  const text = JSON.stringify(inventory)
    .replaceAll('/aws/cloudtrail/main', `/aws/cloudtrail/${name}`)
    .replaceAll('security-alerts', `${name}-alerts`)
    .replaceAll('MfaDeactivated', `Mfa${name}`);
  return JSON.parse(text) as Inventory;
}

/** The random world with a chain that holds, so that names matter up to the last link. */
function withSoundChain(world: World): World {
  const sound = soundWorld();
  const [[place, alarms] = ['', []]] = Object.entries(sound.alarms);
  return {
    ...world,
    trails: [...sound.trails, ...world.trails.filter(({ name }) => name !== 'main')],
    statuses: { ...world.statuses, ...sound.statuses },
    selectors: { ...world.selectors, ...sound.selectors },
    filters: { ...world.filters, ...sound.filters },
    alarms: { ...world.alarms, [place]: [...alarms, ...(world.alarms[place] ?? [])] },
    subscriptions: { ...world.subscriptions, ...sound.subscriptions },
    topics: { ...world.topics, ...sound.topics },
  };
}

/** Random accounts, each full of a name of one of the kinds in one of the spellings. */
export const arbitraryNamedAccount: fc.Arbitrary<NamedAccount> = fc
  .record({
    world: fc.oneof(arbitraryWorld, { weight: 2, arbitrary: arbitraryWorld.map(withSoundChain) }),
    text: fc.constantFrom(...kinds),
    spell: fc.constantFrom(...spellings),
    picks: fc.array(fc.nat(1000), { minLength: 2, maxLength: 2 }),
  })
  .map(({ world, text, spell, picks }) => {
    const spelled = spell(text);
    const routes = withNamedRoutes(world, spelled, plain(spelled), picks);
    return { inventory: named(routes, spelled, picks), text, spelled };
  });
