import { expect } from 'chai';

import { judgeLogGroup } from '../../../src/chain/log-group/log-group.ts';
import type { EventSelectors, Trail, TrailStatus } from '../../../src/inventory/resources.ts';
import { parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/world.ts';
import {
  allManagementEvents,
  denied,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  READ_AT,
  REGION,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
  TRAIL_ARN,
} from '../../support/world.ts';

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
});
