import { readdirSync, readFileSync } from 'node:fs';

import { expect } from 'chai';
import fc from 'fast-check';

import { assess } from '../../src/assessment/assess.ts';
import type { MetricFilter } from '../../src/inventory/resources.ts';
import { parametersOf } from '../support/judging.ts';
import { parseSnapshot, snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { SnapshotError, openSnapshot, snapshotFile } from '../../src/inventory/snapshot/snapshot-file.ts';
import { arbitraryInventory } from '../support/worlds/arbitrary-world.ts';
import { metricPublishersKey } from '../../src/inventory/part-keys.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TRAIL_ARN,
  alarm,
  filter,
  onlyParts,
  snapshotOf,
  soundWorld,
  trail,
} from '../support/worlds/world.ts';

const file = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ formatVersion: 1, ...snapshotOf(soundWorld()), ...change });

describe('a snapshot', () => {
  it('is read as it was saved', () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        expect(parseSnapshot(JSON.stringify(snapshotFile(inventory, {})))).to.deep.equal(inventory);
      }),
    );
  });

  for (const name of readdirSync('events/accounts')) {
    it(`is what events/accounts/${name} holds`, () => {
      expect(parseSnapshot(readFileSync(`events/accounts/${name}`, 'utf8')).accountId).to.match(/^\d{12}$/);
    });
  }

  it('of an earlier version names the publishers of a metric by the filters of its log groups', async () => {
    const other = LOG_GROUP_ARN.replace('main', 'second');
    const elsewhere = LOG_GROUP_ARN.replace(REGION, 'us-east-1');
    const world = soundWorld({
      filters: {
        [LOG_GROUP_ARN]: [filter(), filter({ filterName: 'unrelated', metricTransformations: [] })],
        [other]: [filter({ filterName: 'second' })],
        [elsewhere]: [filter({ filterName: 'far' })],
      },
    });
    const earlier = onlyParts(snapshotOf(world), (kind) => kind !== 'metric-publishers');
    const place = { accountId: ACCOUNT, region: REGION, namespace: 'Security', metricName: 'MfaDeactivated' };
    const { inventory } = openSnapshot(JSON.stringify({ formatVersion: 1, ...earlier }));
    const [answer] = await snapshotReader(inventory).read([metricPublishersKey(place)]);
    expect(answer?.part).to.deep.equal({
      kind: 'present',
      value: [
        { logGroupName: '/aws/cloudtrail/main', filter: filter() },
        { logGroupName: '/aws/cloudtrail/second', filter: filter({ filterName: 'second' }) },
      ],
    });
  });

  it('keeps dimensions of a filter that have the names of inherited members', () => {
    const [one] = filter().metricTransformations;
    const dimensions = JSON.parse('{"constructor":"$.a","__proto__":"$.b"}') as Record<string, string>;
    const odd = filter({ metricTransformations: [{ ...one, dimensions }] as MetricFilter['metricTransformations'] });
    const saved = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [odd] } }));
    const { parts } = parseSnapshot(JSON.stringify({ formatVersion: 1, ...saved }));
    const part = parts['metric-filters']?.[LOG_GROUP_ARN];
    const read = part?.kind === 'present' ? part.value?.[0]?.metricTransformations[0]?.dimensions : undefined;
    expect(Object.entries(read ?? {})).to.deep.equal([
      ['constructor', '$.a'],
      ['__proto__', '$.b'],
    ]);
  });

  for (const [logGroupClass, kind] of [
    ['STANDARD', 'satisfied'],
    ['INFREQUENT_ACCESS', 'broken'],
    ['DELIVERY', 'broken'],
    ['ESSENTIALS', 'undecided'],
  ] as const) {
    it(`of a log group of class ${logGroupClass} with filters is ${kind}`, async () => {
      const world = soundWorld({ logGroupClasses: { [LOG_GROUP_ARN]: logGroupClass } });
      const { verdict } = await assess(snapshotReader(snapshotOf(world)), parametersOf());
      expect(verdict.kind).to.equal(kind);
    });
  }

  it('with a trail that has the name of an inherited member is read', () => {
    const world = soundWorld({ trails: [trail(), trail({ trailArn: '__proto__', name: '__proto__' })] });
    return assess(snapshotReader(snapshotOf(world)), parametersOf()).then(({ verdict }) => {
      expect(verdict.kind).to.equal('satisfied');
    });
  });

  it('without the state of alarms, or whether their actions are enabled, is read', () => {
    const [name = ''] = Object.keys(snapshotOf(soundWorld()).parts.alarms ?? {});
    const { actionsEnabled, ...rest } = alarm();
    expect(actionsEnabled).to.equal(true);
    const alarms = { [name]: { kind: 'present', value: [rest] } };
    const saved = { formatVersion: 1, ...snapshotOf(soundWorld()), parts: { alarms } };
    expect(parseSnapshot(JSON.stringify(saved)).parts.alarms).to.deep.equal(alarms);
  });

  const wrong: readonly (readonly [claim: string, text: string, message: RegExp])[] = [
    ['that is no JSON', '{', /^not JSON: /],
    ['that is a list', '[]', /^not a snapshot file: it does not hold a JSON object$/],
    ['that is null', 'null', /^not a snapshot file: it does not hold a JSON object$/],
    ['that is another JSON file', '{"name": "x"}', /^not a snapshot file: it has no `formatVersion`$/],
    ['that holds results', '{"formatVersion":1,"results":[]}', /^not a snapshot file: it holds results of `evaluate`$/],
    [
      'of a newer format version',
      file({ formatVersion: 5 }),
      /^written by version 5 of the format; this is version 4\. Use a newer version of this program$/,
    ],
    ['of no version', file({ formatVersion: '1' }), /^`formatVersion` must be a whole number from 1 on, not "1"$/],
    ['of version 2 without a head', file({ formatVersion: 2 }), /^`head` is missing$/],
    ['without an account', file({ accountId: undefined }), /^`accountId` is missing$/],
    ['of no account', file({ accountId: '12' }), /^`accountId` must be twelve digits, not "12"$/],
    [
      'read at no time',
      file({ readAt: 'today' }),
      /^`readAt` must be a time in UTC such as "2026-11-20T10:00:00.000Z", not "today"$/,
    ],
    [
      'with a part of no known kind',
      file({ parts: { trials: {} } }),
      /^`parts\.trials` is not a member that a snapshot has at this place$/,
    ],
    [
      'with a part that is neither present nor unreadable',
      file({ parts: { trails: { account: { kind: 'missing' } } } }),
      /^`parts\.trails\.account\.kind` must be "present" or "unreadable", not "missing"$/,
    ],
    ['with a list in the place of an object', file({ parts: [] }), /^`parts` must be an object, not a list$/],
    [
      'with a list of what a subscription has',
      file({ parts: { 'subscription-attributes': { a: { kind: 'present', value: [] } } } }),
      /^`parts\.subscription-attributes\.a\.value` must be an object, not a list$/,
    ],
    [
      'with a dimension that is no text',
      file({
        parts: {
          'metric-filters': {
            a: {
              kind: 'present',
              value: [
                {
                  ...filter(),
                  metricTransformations: [{ ...filter().metricTransformations[0], dimensions: { a: 1 } }],
                },
              ],
            },
          },
        },
      }),
      /^`parts\.metric-filters\.a\.value\[0\]\.metricTransformations\[0\]\.dimensions` must be an object of texts, not an object$/,
    ],
    [
      'with a value of another type deep inside',
      file({ parts: { 'trail-status': { [TRAIL_ARN]: { kind: 'present', value: { isLogging: 'yes' } } } } }),
      /^`parts\.trail-status\["arn:aws:cloudtrail:eu-west-1:111122223333:trail\/main"\]\.value\.isLogging` must be true or false, not "yes"$/,
    ],
  ];
  for (const [claim, text, message] of wrong) {
    it(`${claim} is refused, with the place and what must be there`, () => {
      expect(() => parseSnapshot(text)).to.throw(SnapshotError, message);
    });
  }

  it('answers for what it does not hold that it is not determined', async () => {
    const reader = snapshotReader({ ...snapshotOf(soundWorld()), parts: {} });
    const [answer] = await reader.read([{ kind: 'trails' }]);
    expect(answer?.part).to.deep.equal({
      kind: 'unreadable',
      failure: { service: 'snapshot', operation: 'trails', error: 'NotInSnapshot' },
    });
  });
});
