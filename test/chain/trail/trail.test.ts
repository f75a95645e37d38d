import { expect } from 'chai';

import type { TrailPath } from '../../../src/chain/base/link.ts';
import { judgeTrails } from '../../../src/chain/trail/trail.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { EventSelectors, Trail } from '../../../src/inventory/resources.ts';
import { codeOf, contextOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  allManagementEvents,
  denied,
  onlyParts,
  REGION,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
  TRAIL_ARN,
} from '../../support/worlds/world.ts';

/** What the link says of the account's trails: the code of each, or that it holds. */
function codesOf(inventory: Inventory, raw: Readonly<Record<string, string>> = {}): readonly string[] {
  const { control, options } = parametersOf(raw);
  const context = { control, options, inventory, alarms: 'direct', filters: 'alone', isOver: () => false } as const;
  const { steps, needs } = judgeTrails({}, context);
  expect(needs).to.deep.equal([]);
  return steps.map(({ finding }) => finding?.code ?? 'holds');
}

const single = (homeRegion: string, change: Partial<Trail> = {}): World => {
  const trailArn = `arn:aws:cloudtrail:${homeRegion}:${ACCOUNT}:trail/main`;
  return soundWorld({
    trails: [trail({ trailArn, homeRegion, isMultiRegionTrail: false, ...change })],
    statuses: { [trailArn]: status() },
    selectors: { [trailArn]: allManagementEvents },
  });
};
const custom = (filterPattern: string, premises?: string) => ({
  filterPattern,
  ...(premises === undefined ? {} : { premises }),
});
const accessKey = '{ $.eventName = CreateAccessKey }';

describe('the link `trail`', () => {
  it('holds for a multi-region trail that is logging, for every control', () => {
    for (const { id } of catalog) expect(codesOf(snapshotOf(soundWorld()), { controlId: id })).to.deep.equal(['holds']);
  });

  it('needs the status and the selectors of every trail, and asks for all of them at once', () => {
    const { control, options } = parametersOf();
    const inventory = snapshotOf(soundWorld());
    const { trails } = inventory.parts;
    const bare: Inventory = { ...inventory, parts: trails ? { trails } : {} };
    const { needs } = judgeTrails(
      {},
      { control, options, inventory: bare, alarms: 'direct', filters: 'alone', isOver: () => false },
    );
    expect(needs.map(({ kind }) => kind)).to.deep.equal(['trail-status', 'event-selectors']);
  });

  it('needs nothing but the list of trails where only the configuration is judged', () => {
    const off = soundWorld({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } });
    expect(codesOf(snapshotOf(off), { assurance: 'configured' })).to.deep.equal(['holds']);
  });

  describe('of a single-region trail', () => {
    for (const { id, recordedIn } of catalog) {
      it(`${recordedIn === 'every-region' ? 'is broken' : 'holds in us-east-1 only'} for ${id}`, () => {
        const [there] = codesOf(snapshotOf(single('us-east-1')), { controlId: id });
        const [elsewhere] = codesOf(snapshotOf(single('eu-west-1')), { controlId: id });
        const expected =
          recordedIn === 'every-region'
            ? ['TRAIL_MISSES_REGIONS', 'TRAIL_MISSES_REGIONS']
            : ['holds', 'TRAIL_WITHOUT_GLOBAL_EVENTS'];
        expect([there, elsewhere]).to.deep.equal(expected);
      });
    }

    const iam = '{ $.eventCategory = "Management" && $.eventSource = "iam.amazonaws.com" }';
    const here = '{ $.eventCategory = "Management" && $.awsRegion = "us-east-1" }';
    const cases: readonly (readonly [claim: string, world: World, raw: Record<string, string>, code: string])[] = [
      [
        'is undecided for a pattern that does not say where its events arise',
        single('eu-west-1'),
        custom(accessKey),
        'TRAIL_REGIONS_UNCERTAIN',
      ],
      ['is so in us-east-1 too', single('us-east-1'), custom(accessKey), 'TRAIL_REGIONS_UNCERTAIN'],
      [
        'is broken where the premises name a global service, and it is elsewhere',
        single('eu-west-1'),
        custom(accessKey, iam),
        'TRAIL_WITHOUT_GLOBAL_EVENTS',
      ],
      ['holds where they do, and it is there', single('us-east-1'), custom(accessKey, iam), 'holds'],
      [
        'is broken where they do, and it leaves global services out',
        single('us-east-1', { includeGlobalServiceEvents: false }),
        custom(accessKey, iam),
        'TRAIL_WITHOUT_GLOBAL_EVENTS',
      ],
      [
        'holds where the pattern itself names the service',
        single('us-east-1'),
        custom('{ $.eventName = CreateAccessKey && $.eventSource = "iam.amazonaws.com" }'),
        'holds',
      ],
      [
        'is undecided for STS, whose regional endpoints record elsewhere',
        single('us-east-1'),
        custom('{ $.eventName = AssumeRole }', '{ $.eventSource = "sts.amazonaws.com" }'),
        'TRAIL_REGIONS_UNCERTAIN',
      ],
      [
        'holds where the premises name its region',
        single('us-east-1'),
        custom('{ $.eventName = RunInstances }', here),
        'holds',
      ],
      [
        'is broken where they name another region',
        single('eu-west-1'),
        custom('{ $.eventName = RunInstances }', here),
        'TRAIL_MISSES_REGIONS',
      ],
      [
        'is undecided where they name its region, and it leaves global services out, which have that region too',
        single('us-east-1', { includeGlobalServiceEvents: false }),
        custom('{ $.eventName = RunInstances }', here),
        'TRAIL_REGIONS_UNCERTAIN',
      ],
      [
        'is broken where all regions are asked for, whatever the events',
        single('us-east-1'),
        { requireMultiRegionTrail: 'true' },
        'TRAIL_NOT_MULTI_REGION',
      ],
    ];
    for (const [claim, world, raw, code] of cases) {
      it(claim, () => {
        expect(codesOf(snapshotOf(world), raw)).to.deep.equal([code]);
      });
    }
  });

  it('is about each trail by itself: one that is off does not matter to one that works', () => {
    const other = TRAIL_ARN.replace('main', 'other');
    const world = soundWorld({
      trails: [trail({ trailArn: other, name: 'other' }), trail()],
      statuses: { [TRAIL_ARN]: status(), [other]: status({ isLogging: false }) },
      selectors: { [TRAIL_ARN]: allManagementEvents, [other]: allManagementEvents },
    });
    expect(codesOf(snapshotOf(world))).to.deep.equal(['TRAIL_NOT_LOGGING', 'holds']);
  });

  describe('with trails that could not be read', () => {
    const unread = { service: 'cloudtrail', operation: 'DescribeTrails', error: 'AccessDeniedException' };
    const stray = trail({ trailArn: TRAIL_ARN.replace(REGION, 'us-west-2'), homeRegion: 'us-west-2', unread });
    const others = trail({ trailArn: '', name: 'trails of other regions', homeRegion: '', unread });

    for (const [claim, entry] of [
      ['one of another region', stray],
      ['all of other regions', others],
    ] as const) {
      it(`keeps the chain of one that works: ${claim}`, () => {
        expect(verdictOn(snapshotOf(soundWorld({ trails: [entry, trail()] }))).kind).to.equal('satisfied');
      });

      it(`is undecided where no other holds: ${claim}`, () => {
        const verdict = verdictOn(snapshotOf(soundWorld({ trails: [entry] })));
        expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'UNREADABLE']);
        expect(verdict.kind === 'undecided' && verdict.onlyForeign).to.equal(false);
      });
    }

    it('lists no trail that has no ARN', () => {
      expect(verdictOn(snapshotOf(soundWorld({ trails: [others] }))).trails).to.deep.equal([]);
    });
  });

  it('is undecided for a trail that was deleted after it was listed', () => {
    const gone = soundWorld({ statuses: { [TRAIL_ARN]: null } });
    expect(codesOf(snapshotOf(gone))).to.deep.equal(['UNREADABLE']);
  });

  it('is broken where there is no trail, and undecided where the trails cannot be listed', () => {
    const of = (inventory: Inventory) => {
      const { steps, needs } = judgeTrails({}, contextOf(inventory));
      return needs.length > 0 ? needs : steps.map(({ subject, finding }) => `${subject}: ${finding?.sentence ?? ''}`);
    };
    const sound = snapshotOf(soundWorld());
    expect(of(snapshotOf(soundWorld({ trails: [] })))).to.deep.equal([
      `none: account ${ACCOUNT} has no CloudTrail trail`,
    ]);
    expect(of(replacing(sound, 'trails', 'account', denied('cloudtrail', 'DescribeTrails')))[0]).to.match(
      /^trails: \S/,
    );
    expect(of({ ...sound, parts: {} })).to.deep.equal([{ kind: 'trails' }]);
  });

  it('names the trail with its region, and whether it records all of them', () => {
    const subject = (change: Partial<Trail>) =>
      judgeTrails({}, contextOf(snapshotOf(single('eu-west-1', change)))).steps[0]?.subject;
    expect(subject({ isMultiRegionTrail: true })).to.equal('main (all regions, eu-west-1)');
    expect(subject({})).to.equal('main (eu-west-1)');
  });

  it('asks for status and selectors while either is missing, and says nothing before', () => {
    const sound = snapshotOf(soundWorld());
    for (const missing of ['trail-status', 'event-selectors']) {
      const { steps, needs } = judgeTrails({}, contextOf(onlyParts(sound, (kind) => kind !== missing)));
      expect(needs.map(({ kind }) => kind)).to.deep.equal(['trail-status', 'event-selectors']);
      expect(steps.map(({ kind, finding }) => [kind, finding])).to.deep.equal([['onward', undefined]]);
    }
  });

  const about = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}) => {
    const finding = judgeTrails({}, contextOf(inventory, raw)).steps[0]?.finding;
    if (finding === undefined) throw new Error('the link holds');
    return finding;
  };

  it('is undecided where status or selectors cannot be read, or the trail is gone', () => {
    const sound = snapshotOf(soundWorld());
    const absent = { kind: 'present', value: null } as const;
    for (const [kind, operation] of [
      ['trail-status', 'GetTrailStatus'],
      ['event-selectors', 'GetEventSelectors'],
    ] as const) {
      const refused = about(replacing(sound, kind, TRAIL_ARN, denied('cloudtrail', operation)));
      expect([refused.code, refused.failure?.operation]).to.deep.equal(['UNREADABLE', operation]);
      const gone = about(replacing(sound, kind, TRAIL_ARN, absent));
      expect(gone.failure).to.deep.equal({ service: 'cloudtrail', operation, error: 'TrailNotFoundException' });
    }
  });

  it('shows an event that the selectors drop, or what is not known of them', () => {
    const readOnly = (control: Record<string, string>, selectors: EventSelectors) =>
      about(snapshotOf(soundWorld({ selectors: { [TRAIL_ARN]: selectors } })), control);
    const basic = (readWriteType: string): EventSelectors => ({
      eventSelectors: [{ readWriteType, includeManagementEvents: true, excludeManagementEventSources: [] }],
      advancedEventSelectors: [],
    });
    const every = readOnly({}, basic('ReadOnly'));
    expect(every.code).to.equal('TRAIL_WITHOUT_EVENTS');
    expect(every.sentence).to.equal(
      `the event selectors of trail main drop every required event, for example ${every.event ?? 'none'}`,
    );
    const some = readOnly({ controlId: 'CloudWatch.2' }, basic('WriteOnly'));
    expect(some.code).to.equal('TRAIL_DROPS_EVENTS');
    expect(some.sentence).to.equal(
      `the event selectors of trail main drop required events, for example ${some.event ?? 'none'}`,
    );
    const open = readOnly({}, basic('DestructiveOnly'));
    expect(open.sentence).to.equal(
      'it is not determined whether the event selectors of trail main let the required events through: they select by a field or a value that is not followed',
    );
    expect(readOnly(custom('{ $.eventName = GetUser }'), basic('WriteOnly')).sentence).to.match(
      /let the required events through: they drop \{.*\}, and the premises do not exclude it$/,
    );
  });

  it('in a partition of which AWS does not say where it records global services is undecided', () => {
    const trailArn = `arn:aws-iso:cloudtrail:us-iso-east-1:${ACCOUNT}:trail/main`;
    const world = soundWorld({
      trails: [trail({ trailArn, homeRegion: 'us-iso-east-1', isMultiRegionTrail: false })],
      statuses: { [trailArn]: status() },
      selectors: { [trailArn]: allManagementEvents },
    });
    expect(about(snapshotOf(world)).sentence).to.equal(
      'whether trail main of us-iso-east-1 records the events of global services is not documented',
    );
  });

  it('keeps the ARN of a trail that could not be read, unless it has none', () => {
    const failure = { service: 'cloudtrail', operation: 'DescribeTrails', error: 'AccessDeniedException' };
    const pathOf = (trailArn: string) =>
      judgeTrails({}, contextOf(snapshotOf(soundWorld({ trails: [trail({ trailArn, unread: failure })] })))).steps[0]
        ?.path;
    expect(pathOf(TRAIL_ARN)?.trail?.trailArn).to.equal(TRAIL_ARN);
    expect(pathOf('')?.trail).to.equal(undefined);
  });

  it('goes on with the trail that it looked at', () => {
    const { control, options } = parametersOf();
    const inventory = snapshotOf(soundWorld());
    const { steps } = judgeTrails(
      {},
      { control, options, inventory, alarms: 'direct', filters: 'alone', isOver: () => false },
    );
    expect(steps.map(({ path }) => (path as TrailPath).trail.trailArn)).to.deep.equal([TRAIL_ARN]);
  });
});
