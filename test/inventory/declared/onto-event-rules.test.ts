import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import {
  EVENT_PATTERN,
  EVENT_REGION,
  EVENT_TOPIC_ARN,
  eventWorld,
  withTargets,
} from '../../support/worlds/event-world.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import { ACCOUNT, snapshotOf } from '../../support/worlds/world.ts';

type Values = Readonly<Record<string, unknown>>;
type Change = readonly [
  type: string,
  actions: readonly string[],
  before: Values | null,
  after: Values | null,
  unknowns?: Readonly<Record<string, string>>,
];

/** A plan for the region where the events of IAM arrive. What is not known refers to something else. */
function planOf(...changes: readonly Change[]): string {
  const resources = changes.map(([type, , , , unknowns = {}], at) => ({
    ...{ address: `${type}.r${at}`, mode: 'managed', type, name: `r${at}`, provider_config_key: 'aws' },
    expressions: Object.fromEntries(Object.entries(unknowns).map(([name, of]) => [name, { references: [of] }])),
  }));
  return JSON.stringify({
    ...{ format_version: '1.2', timestamp: '2026-11-20T11:00:00Z', variables: {} },
    resource_changes: changes.map(([type, actions, before, after, unknowns = {}], at) => ({
      ...{ address: `${type}.r${at}`, mode: 'managed', type, name: `r${at}` },
      change: {
        ...{ actions, before, after },
        after_unknown: Object.fromEntries(Object.keys(unknowns).map((name) => [name, true])),
      },
    })),
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: EVENT_REGION } } } },
      root_module: { resources },
    },
  });
}

async function outcome(plan: string, world: World = eventWorld()): Promise<string> {
  const base = snapshotOf(world);
  const file = recognizeFile(plan, { now: base.readAt, onto: base, accountId: ACCOUNT });
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  const { verdict } = await assess(ontoReader(base, file.account), parametersOf({ acceptedRoutes: 'eventbridge' }));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

const RULE = 'aws_cloudwatch_event_rule';
const TARGET = 'aws_cloudwatch_event_target';
const rule = {
  name: 'mfa-rule',
  event_pattern: JSON.stringify(EVENT_PATTERN),
  event_bus_name: 'default',
  state: 'ENABLED',
};
const target = { rule: 'mfa-rule', event_bus_name: 'default', target_id: 'topic', arn: EVENT_TOPIC_ARN };
const ELSEWHERE = 'arn:aws:lambda:us-east-1:111122223333:function:other';
const other = { ...rule, name: 'other', event_pattern: '{"source":["aws.s3"]}' };

describe('a plan that is laid over an account with a rule of EventBridge', () => {
  const cases: readonly (readonly [claim: string, changes: readonly Change[], expected: string, world?: World])[] = [
    ['leaves the chain if it adds another rule', [[RULE, ['create'], null, other]], 'satisfied SATISFIED'],
    ['breaks it if it deletes the rule', [[RULE, ['delete'], rule, null]], 'broken NO_EVENT_RULE'],
    ['breaks it if it deletes the target', [[TARGET, ['delete'], target, null]], 'broken EVENT_RULE_WITHOUT_TARGET'],
    [
      'breaks it if it disables the rule',
      [[RULE, ['update'], rule, { ...rule, state: 'DISABLED' }]],
      'broken EVENT_RULE_DISABLED',
    ],
    [
      'breaks it if it makes a rule of the same name over it',
      [[RULE, ['create'], null, { ...rule, state: 'DISABLED' }]],
      'broken EVENT_RULE_DISABLED',
    ],
    [
      'breaks it if it replaces the rule without its target',
      [[RULE, ['delete', 'create'], rule, rule]],
      'broken EVENT_RULE_WITHOUT_TARGET',
    ],
    ['mends it if it adds the target', [[TARGET, ['create'], null, target]], 'satisfied SATISFIED', withTargets()],
    [
      'leaves it open if it sends the target elsewhere',
      [[TARGET, ['update'], target, target, { arn: 'local.arn' }]],
      'undecided UNREADABLE',
    ],
    [
      'leaves it open if the rule will have another pattern',
      [[RULE, ['update'], rule, rule, { event_pattern: 'local.pattern' }]],
      'undecided UNREADABLE',
    ],
    [
      'leaves it open if it makes a rule whose name is not known',
      [[RULE, ['create'], null, other, { name: 'random_id.a.hex' }]],
      'undecided UNREADABLE',
    ],
    [
      'leaves it open if a target may take the place of the one that is there',
      [[TARGET, ['create'], null, target, { rule: 'local.rule' }]],
      'undecided UNREADABLE',
    ],
    [
      'leaves it open if a target whose id is not known may take the place of the one that is there',
      [[TARGET, ['create'], null, { ...target, arn: ELSEWHERE }, { target_id: 'random_id.a.hex' }]],
      'undecided UNREADABLE',
    ],
    [
      'leaves it if a target whose id is not known is one of another rule',
      [[TARGET, ['create'], null, { ...target, rule: 'other', arn: ELSEWHERE }, { target_id: 'random_id.a.hex' }]],
      'satisfied SATISFIED',
    ],
    [
      'leaves it if the provider chooses the id of a target',
      [[TARGET, ['create'], null, { ...target, arn: ELSEWHERE, target_id: '' }]],
      'satisfied SATISFIED',
    ],
    [
      'leaves it open if a target is one of a rule whose name is not known',
      [
        [RULE, ['create'], null, rule, { name: 'random_id.a.hex' }],
        [TARGET, ['create'], null, { ...target, arn: ELSEWHERE }, { rule: `${RULE}.r0.name` }],
      ],
      'undecided UNREADABLE',
    ],
    [
      'finds the target of its rule where the topic is in another account',
      [[TARGET, ['update'], target, { ...target, arn: EVENT_TOPIC_ARN.replace(ACCOUNT, '444455556666') }]],
      'undecided TARGET_IN_OTHER_ACCOUNT',
    ],
    [
      'leaves the rules of an event bus that it changes',
      [['aws_cloudwatch_event_bus', ['update'], { name: 'default' }, { name: 'default' }]],
      'satisfied SATISFIED',
    ],
    [
      'leaves it open if it declares two targets with one id',
      [
        [TARGET, ['no-op'], target, target],
        [TARGET, ['create'], null, { ...target, arn: ELSEWHERE }],
      ],
      'undecided UNREADABLE',
    ],
    [
      'leaves it open if the rule is on a bus that is not known',
      [[RULE, ['create'], null, other, { event_bus_name: 'local.bus' }]],
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, changes, expected, world] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcome(planOf(...changes), world)).to.equal(expected);
    });
  }
});
