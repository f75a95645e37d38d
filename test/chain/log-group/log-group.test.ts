import { expect } from 'chai';

import { judgeLogGroup, judgeQueriedLogGroup } from '../../../src/chain/log-group/log-group.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { EventSelectors, Trail, TrailStatus } from '../../../src/inventory/resources.ts';
import { contextOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  allManagementEvents,
  denied,
  keyName,
  LOG_GROUP_ARN,
  onlyParts,
  OTHER_ACCOUNT,
  present,
  READ_AT,
  REGION,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
  TRAIL_ARN,
} from '../../support/worlds/world.ts';

function codeFor(world: World, raw: Readonly<Record<string, string>> = {}): string {
  const { control, options } = parametersOf(raw);
  const inventory = snapshotOf(world);
  const context = { control, options, inventory, alarms: 'direct', filters: 'alone', isOver: () => false } as const;
  const { steps, needs } = judgeLogGroup({ trail: world.trails[0]! }, context);
  expect(needs).to.deep.equal([]);
  expect(steps).to.have.lengthOf(1);
  return steps[0]?.finding?.code ?? 'holds';
}

/** Hours before the time of reading, as AWS writes times. */
const ago = (hours: number): string => new Date(Date.parse(READ_AT) - hours * 3_600_000).toISOString();

const basic = (change: Partial<EventSelectors['eventSelectors'][number]>): EventSelectors => ({
  eventSelectors: [
    { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [], ...change },
  ],
  advancedEventSelectors: [],
});
const exclusions = basic({ excludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] });
const reads = basic({ readWriteType: 'ReadOnly' });
const writes = basic({ readWriteType: 'WriteOnly' });
const future = basic({ readWriteType: 'DestructiveOnly' });

interface Delivery {
  /** Hours ago. */
  readonly started?: number;
  readonly last?: number;
  readonly selectors?: EventSelectors;
}

const withDelivery = ({ started, last, selectors = allManagementEvents }: Delivery): World => {
  const times: TrailStatus = {
    isLogging: true,
    ...(started === undefined ? {} : { startLoggingTime: ago(started) }),
    ...(last === undefined ? {} : { latestCloudWatchLogsDeliveryTime: ago(last) }),
  };
  return soundWorld({ statuses: { [TRAIL_ARN]: times }, selectors: { [TRAIL_ARN]: selectors } });
};
const YEAR = 8760;

describe('the link `log group`', () => {
  const deliveries: readonly (readonly [claim: string, delivery: Delivery, code: string])[] = [
    ['holds where the last delivery is recent', { started: YEAR, last: 0.1 }, 'holds'],
    ['holds where it is as old as allowed', { started: YEAR, last: 24 }, 'holds'],
    ['is broken where it is older', { started: YEAR, last: 24.01 }, 'LOG_DELIVERY_STALE'],
    [
      'is broken where it is older and KMS and the RDS Data API are left out',
      { started: YEAR, last: 720, selectors: exclusions },
      'LOG_DELIVERY_STALE',
    ],
    [
      'is broken where it is older and only reads are recorded',
      { started: YEAR, last: 720, selectors: reads },
      'LOG_DELIVERY_STALE',
    ],
    [
      'is undecided where it is older and only writes are recorded',
      { started: YEAR, last: 25, selectors: writes },
      'LOG_DELIVERY_SILENT',
    ],
    [
      'is undecided where it is older and it is not known whether reads are recorded',
      { started: YEAR, last: 25, selectors: future },
      'LOG_DELIVERY_SILENT',
    ],
    [
      'holds where only writes are recorded and one just came',
      { started: YEAR, last: 0.1, selectors: writes },
      'holds',
    ],
    ['holds where the trail was just started', { started: 0.5 }, 'holds'],
    ['holds where it was just restarted after a long time', { started: 0.5, last: 240 }, 'holds'],
    ['is undecided an hour after the first start', { started: 1.1 }, 'LOG_DELIVERY_UNKNOWN'],
    ['is undecided 23 hours after the first start', { started: 23 }, 'LOG_DELIVERY_UNKNOWN'],
    ['is undecided an hour after a restart', { started: 1.1, last: 240 }, 'LOG_DELIVERY_NOT_RESUMED'],
    ['is undecided 23 hours after a restart', { started: 23, last: 240 }, 'LOG_DELIVERY_NOT_RESUMED'],
    ['is broken where nothing came in the day since a restart', { started: 25, last: 240 }, 'LOG_DELIVERY_STALE'],
    ['holds where something came since a restart', { started: 23, last: 0.2 }, 'holds'],
    ['holds where something came at the restart and nothing since', { started: 23, last: 23 }, 'holds'],
    ['is undecided where nothing was ever delivered', { started: YEAR }, 'LOG_DELIVERY_UNKNOWN'],
    ['goes by the last delivery where no start is known', { last: 0.1 }, 'holds'],
    ['is broken by an old one where no start is known', { last: 240 }, 'LOG_DELIVERY_STALE'],
    ['is undecided where neither is known', {}, 'LOG_DELIVERY_UNKNOWN'],
  ];
  for (const [claim, delivery, code] of deliveries) {
    it(claim, () => {
      expect(codeFor(withDelivery(delivery))).to.equal(code);
    });
  }

  it('goes by `maxDeliveryAgeHours`', () => {
    const world = withDelivery({ started: YEAR, last: 47 });
    expect(codeFor(world, { maxDeliveryAgeHours: '48' })).to.equal('holds');
    expect(codeFor(world, { maxDeliveryAgeHours: '46' })).to.equal('LOG_DELIVERY_STALE');
  });

  it('does not look at deliveries where only the configuration is judged', () => {
    expect(codeFor(withDelivery({ started: YEAR, last: 240 }), { assurance: 'configured' })).to.equal('holds');
  });

  it('is broken by an error, however recent the delivery', () => {
    const failing = soundWorld({
      statuses: { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryError: 'Access denied' }) },
    });
    expect(codeFor(failing)).to.equal('LOG_DELIVERY_FAILING');
  });

  for (const [logGroupClass, code] of [
    ['STANDARD', 'holds'],
    ['INFREQUENT_ACCESS', 'LOG_GROUP_CLASS_UNFIT'],
    ['DELIVERY', 'LOG_GROUP_CLASS_UNFIT'],
    ['ESSENTIALS', 'LOG_GROUP_CLASS_UNKNOWN'],
  ] as const) {
    it(`of class ${logGroupClass}: ${code}`, () => {
      expect(codeFor(soundWorld({ logGroupClasses: { [LOG_GROUP_ARN]: logGroupClass } }))).to.equal(code);
    });
  }

  it('of any class holds where only the configuration is judged', () => {
    const unfit = soundWorld({ logGroupClasses: { [LOG_GROUP_ARN]: 'DELIVERY' } });
    expect(codeFor(unfit, { assurance: 'configured' })).to.equal('holds');
  });

  it('that has filters is not read: only a class that supports filters has them', () => {
    const inventory = replacing(
      snapshotOf(soundWorld()),
      'log-group',
      LOG_GROUP_ARN,
      denied('logs', 'DescribeLogGroups'),
    );
    expect(verdictOn(inventory).kind).to.equal('satisfied');
  });

  it('without filters is read, and undecided if it cannot be', () => {
    const bare = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [] } }));
    const verdict = verdictOn(replacing(bare, 'log-group', LOG_GROUP_ARN, denied('logs', 'DescribeLogGroups')));
    const link = verdict.chains[0].links.find((one) => one.link === 'log group');
    expect([link?.state, link?.finding?.code]).to.deep.equal(['undecided', 'UNREADABLE']);
  });

  it('is broken where the trail names none', () => {
    const without = Object.entries(trail()).filter(([name]) => name !== 'cloudWatchLogsLogGroupArn');
    const trails = [Object.fromEntries(without) as unknown as Trail];
    expect(codeFor(soundWorld({ trails }))).to.equal('LOG_GROUP_NOT_SET');
  });

  it('is broken where the one that it names does not exist', () => {
    expect(codeFor(soundWorld({ filters: { [LOG_GROUP_ARN]: null } }))).to.equal('LOG_GROUP_GONE');
  });

  it('is the same with and without the ending `:*` of the ARN', () => {
    const ending = soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}:*` })] });
    expect(codeFor(ending)).to.equal('holds');
  });

  it('is not followed into another account without a role', () => {
    const cloudWatchLogsLogGroupArn = `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:trails`;
    const foreign = soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn })] });
    expect(codeFor(foreign)).to.equal('LOG_GROUP_IN_OTHER_ACCOUNT');
  });

  const answer = (inventory: Inventory, one: Trail = trail(), raw: Readonly<Record<string, string>> = {}) => {
    const { steps, needs } = judgeLogGroup({ trail: one }, contextOf(inventory, raw));
    return { subject: steps[0]?.subject, sentence: steps[0]?.finding?.sentence, needs: needs.map(keyName) };
  };
  const sound = snapshotOf(soundWorld());
  const without = (kind: string) => onlyParts(sound, (one) => one !== kind);
  const old = withDelivery({ started: YEAR, last: 240 });

  it('asks for what is missing: the filters, the class where there are none, status and selectors', () => {
    expect(answer(without('metric-filters')).needs).to.deep.equal([`metric-filters ${LOG_GROUP_ARN}`]);
    expect(answer(without('log-group')).needs).to.deep.equal([]);
    const bare = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [] } }));
    expect(answer(onlyParts(bare, (kind) => kind !== 'log-group')).needs).to.deep.equal([`log-group ${LOG_GROUP_ARN}`]);
    expect(answer(without('trail-status')).needs).to.deep.equal([`trail-status ${TRAIL_ARN}`]);
    expect(answer(onlyParts(snapshotOf(old), (kind) => kind !== 'event-selectors')).needs).to.deep.equal([
      `event-selectors ${TRAIL_ARN}`,
    ]);
  });

  it('says nothing of deliveries where the trail itself cannot be read', () => {
    for (const [kind, operation, world] of [
      ['trail-status', 'GetTrailStatus', soundWorld()],
      ['event-selectors', 'GetEventSelectors', old],
    ] as const) {
      for (const part of [denied('cloudtrail', operation), present(null)]) {
        expect(answer(replacing(snapshotOf(world), kind, TRAIL_ARN, part)).sentence).to.equal(undefined);
      }
    }
  });

  it('that cannot be listed is not gone', () => {
    const refused = replacing(sound, 'metric-filters', LOG_GROUP_ARN, denied('logs', 'DescribeMetricFilters'));
    expect(answer(refused).sentence).to.equal(undefined);
  });

  it('that does not exist is gone, whichever answer says so', () => {
    const gone = 'log group /aws/cloudtrail/main of trail main does not exist';
    expect(answer(replacing(sound, 'log-group', LOG_GROUP_ARN, present(null))).sentence).to.equal(gone);
    const listed = replacing(sound, 'metric-filters', LOG_GROUP_ARN, present(null));
    expect(
      answer(replacing(listed, 'log-group', LOG_GROUP_ARN, present({ logGroupClass: 'STANDARD' }))).sentence,
    ).to.equal(gone);
  });

  it('names the trail and itself in each reason', () => {
    const unset = Object.entries(trail()).filter(([name]) => name !== 'cloudWatchLogsLogGroupArn');
    const none = answer(sound, Object.fromEntries(unset) as unknown as Trail);
    expect(none.subject).to.equal('none');
    expect(none.sentence).to.contain('trail main');
    const foreign = trail({ cloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:trails` });
    expect(answer(sound, foreign).sentence).to.equal(
      `trail main sends to a log group of account ${OTHER_ACCOUNT}, which is not read from here`,
    );
    expect(answer(sound, foreign, { foreignAccountRoleName: 'reader' }).needs).to.have.lengthOf(1);
    const unfit = answer(snapshotOf(soundWorld({ logGroupClasses: { [LOG_GROUP_ARN]: 'DELIVERY' } })));
    expect(unfit.sentence).to.contain('log group /aws/cloudtrail/main').and.to.contain('DELIVERY');
    const failing = soundWorld({ statuses: { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryError: 'Denied' }) } });
    expect(answer(snapshotOf(failing)).sentence).to.contain('Denied');
    expect(answer(snapshotOf(old)).sentence)
      .to.contain('24 hours')
      .and.to.contain(ago(240));
  });

  it('has an hour from the start, and a day from a restart, to the minute', () => {
    expect(codeFor(withDelivery({ started: 1 }))).to.equal('holds');
    expect(codeFor(withDelivery({ started: 24, last: 240 }))).to.equal('LOG_DELIVERY_NOT_RESUMED');
    expect(codeFor(withDelivery({ started: 30, last: 30 }))).to.equal('LOG_DELIVERY_STALE');
    expect(codeFor(withDelivery({ started: 0.5, last: 0.5 }))).to.equal('holds');
  });
});

describe('the link `log group` of a log alarm', () => {
  const sound = snapshotOf(soundWorld());
  const answer = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}) => {
    const { steps, needs } = judgeQueriedLogGroup({ trail: trail() }, contextOf(inventory, raw));
    return { subjects: steps.map(({ subject }) => subject), code: steps[0]?.finding?.code, needs: needs.map(keyName) };
  };
  const ofClass = (logGroupClass: string) => replacing(sound, 'log-group', LOG_GROUP_ARN, present({ logGroupClass }));

  it('is not looked at while other chains are', () => {
    const context = { ...contextOf(sound), alarms: 'direct' as const };
    expect(judgeQueriedLogGroup({ trail: trail() }, context)).to.deep.equal({ steps: [], needs: [] });
  });

  it('asks for the log group itself, and not for its filters', () => {
    const bare = onlyParts(sound, (kind) => kind !== 'log-group' && kind !== 'metric-filters');
    expect(answer(bare).needs).to.deep.equal([`log-group ${LOG_GROUP_ARN}`]);
    const withoutFilters = onlyParts(sound, (kind) => kind !== 'metric-filters');
    expect(answer(withoutFilters)).to.deep.equal({ subjects: ['/aws/cloudtrail/main'], code: undefined, needs: [] });
  });

  it('is broken where the log group does not exist, and undecided where it cannot be read', () => {
    expect(answer(replacing(sound, 'log-group', LOG_GROUP_ARN, present(null))).code).to.equal('LOG_GROUP_GONE');
    const refused = replacing(sound, 'log-group', LOG_GROUP_ARN, denied('logs', 'DescribeLogGroups'));
    expect(answer(refused).code).to.equal('UNREADABLE');
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
  it('is undecided for every class but the standard one, of which alone AWS says that queries find fields', () => {
    expect(answer(ofClass('STANDARD')).code).to.equal(undefined);
    for (const logGroupClass of ['INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS']) {
      expect(answer(ofClass(logGroupClass)).code).to.equal('LOG_GROUP_FIELDS_UNKNOWN');
      expect(answer(ofClass(logGroupClass), { assurance: 'configured' }).code).to.equal(undefined);
    }
  });

  it('is judged by its deliveries, like that of a filter', () => {
    const failing = status({ latestCloudWatchLogsDeliveryError: 'Denied' });
    expect(answer(snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: failing } }))).code).to.equal(
      'LOG_DELIVERY_FAILING',
    );
  });
});
