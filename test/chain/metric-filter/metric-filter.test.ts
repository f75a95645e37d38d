import { expect } from 'chai';
import fc from 'fast-check';

import { judgeMetricFilters, togetherFinding } from '../../../src/chain/metric-filter/metric-filter.ts';
import type { Context } from '../../../src/chain/base/link.ts';
import type { Answer } from '../../../src/filter-pattern/index.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { MetricFilter } from '../../../src/inventory/resources.ts';
import { codeOf, contextOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  PATTERN,
  REGION,
  TOPIC_ARN,
  alarm,
  denied,
  filter,
  keyName,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  trail,
} from '../../support/worlds/world.ts';

const covers = { patternMatch: 'covers' };
const FAILED_SIGN_IN = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
const ROOT_USAGE =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';

/** A filter on a metric of its own, which no alarm watches. */
const other = (filterPattern: string, filterName = 'other'): MetricFilter =>
  filter({
    filterName,
    filterPattern,
    metricTransformations: [{ metricNamespace: 'Security', metricName: filterName, metricValue: '1' }],
  });
const withFilters = (...filters: readonly MetricFilter[]): World =>
  soundWorld({ filters: { [LOG_GROUP_ARN]: filters } });
const off = (world: World): World => ({
  ...world,
  alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ actionsEnabled: false })] },
});
const outcomeOf = (world: World, raw: Readonly<Record<string, string>> = {}) => {
  const verdict = verdictOn(snapshotOf(world), raw);
  return [verdict.kind, codeOf(verdict)];
};
const nearestOf = (world: World, raw: Readonly<Record<string, string>> = {}) => {
  const [nearest] = verdictOn(snapshotOf(world), raw).chains;
  if (nearest.outcome === 'satisfied') throw new Error('a chain holds');
  return nearest.finding;
};

describe('a metric filter', () => {
  const around = [
    ['a trailing blank', `${PATTERN} `],
    ['a leading blank', ` ${PATTERN}`],
    ['the line breaks of a heredoc', `\n${PATTERN}\n`],
    ['tabs and carriage returns', `\t${PATTERN}\r\n`],
  ] as const;
  for (const [what, filterPattern] of around) {
    it(`that fits, with ${what} around its pattern, fits`, () => {
      expect(outcomeOf(withFilters(filter({ filterPattern })))).to.deep.equal(['satisfied', 'SATISFIED']);
    });
  }

  for (const [what, pattern] of [
    ['a trailing blank', `${FAILED_SIGN_IN} `],
    ['two blanks in a keyword', '{ ($.eventName = ConsoleLogin) && ($.errorCode NOT  EXISTS) }'],
    ['a pattern that AWS refuses', '{ ($.eventName = ConsoleLogin) && }'],
  ] as const) {
    it(`with ${what} does not hide that the alarm of a filter that fits has its actions off`, () => {
      expect(outcomeOf(off(withFilters(filter(), other(pattern))))).to.deep.equal(['broken', 'ALARM_ACTIONS_DISABLED']);
    });
  }

  it('that cannot be read is undecided where no filter fits', () => {
    const unread = '{ ($.eventName = DeactivateMFADevice) && }';
    expect(outcomeOf(withFilters(other(unread)))).to.deep.equal(['broken', 'NO_ALARM']);
    expect(outcomeOf(withFilters(filter({ filterPattern: unread })))).to.deep.equal(['undecided', 'FILTER_UNREAD']);
  });

  it('that cannot be read is no candidate if what it most likely means matches no required event', () => {
    const unread = '{ ($.eventName = ConsoleLogin) && ($.errorCode NOT  EXISTS) }';
    expect(outcomeOf(withFilters(filter({ filterPattern: unread })))).to.deep.equal(['broken', 'FILTER_UNRELATED']);
  });

  it('that cannot be read ranks behind a filter that fits, however far its own chain reaches', () => {
    const unread = filter({
      filterName: 'a-first',
      filterPattern: '{ ($.eventName = DeactivateMFADevice) && }',
      metricTransformations: [{ metricNamespace: 'Security', metricName: 'Unread', metricValue: '1' }],
    });
    const world: World = {
      ...withFilters(unread, filter()),
      alarms: {
        [`${ACCOUNT} ${REGION}`]: [
          alarm({ actionsEnabled: false }),
          alarm({ alarmName: 'unread', metricName: 'Unread' }),
        ],
      },
      subscriptions: { [TOPIC_ARN]: [] },
    };
    expect(outcomeOf(world)).to.deep.equal(['broken', 'ALARM_ACTIONS_DISABLED']);
  });
});

describe('under `covers` a filter', () => {
  const routine = [
    ['every event name', '{ $.eventName = "*" }'],
    ['every event', ''],
    ['everything that is no read', '{ $.readOnly IS FALSE }'],
    ['a term that every record has', 'amazonaws'],
    ['API calls', '{ $.eventType = AwsApiCall || $.eventName = DeactivateMFADevice }'],
    ['all reads by name', '{ $.eventName = Describe* || $.eventName = DeactivateMFADevice }'],
    ['what roles do', '{ $.userIdentity.type = AssumedRole || $.eventName = DeactivateMFADevice }'],
    ['what succeeds', '{ $.errorCode NOT EXISTS || $.eventName = DeactivateMFADevice }'],
    ['the events of AWS Config', '{ $.eventSource = config.amazonaws.com || $.eventName = DeactivateMFADevice }'],
    ['what the service Lambda does', '{ $.userIdentity.invokedBy = lambda* || $.eventName = DeactivateMFADevice }'],
  ] as const;
  const ownCalls = [
    ...['DescribeTrails', 'ListTrails', 'GetTrailStatus', 'GetEventSelectors', 'DescribeLogGroups'],
    ...['DescribeMetricFilters', 'DescribeAlarmsForMetric', 'DescribeAlarms', 'ListAlarmMuteRules'],
    ...['DescribeAlarmHistory', 'ListSubscriptionsByTopic', 'GetTopicAttributes', 'GetSubscriptionAttributes'],
    ...['PutEvaluations', 'CreateLogStream'],
  ];
  for (const name of ownCalls) {
    it(`for ${name} matches a call of every evaluation, so its alarm may stay in ALARM`, () => {
      const filterPattern = `{ $.eventName = ${name} || $.eventName = DeactivateMFADevice }`;
      expect(outcomeOf(withFilters(filter({ filterPattern })), covers)).to.deep.equal([
        'undecided',
        'FILTER_MATCHES_ROUTINE',
      ]);
    });
  }

  for (const [what, filterPattern] of routine) {
    it(`for ${what} matches routine calls, so its alarm may stay in ALARM`, () => {
      expect(outcomeOf(withFilters(filter({ filterPattern })), covers)).to.deep.equal([
        'undecided',
        'FILTER_MATCHES_ROUTINE',
      ]);
    });
  }

  for (const filterPattern of [
    '{ $.eventName = DeactivateMFADevice || $.eventName = DeleteVirtualMFADevice }',
    '{ $.eventName = DeactivateMFADevice || $.userIdentity.type = Root }',
    '{ $.eventName = DeactivateMFADevice || $.errorCode = AccessDenied* }',
    '{ $.eventName = DeactivateMFADevice || $.requestParameters.userName = breakglass }',
    '?DeactivateMFADevice ?DeleteVirtualMFADevice',
  ]) {
    it(`${filterPattern} matches no routine call, and is enough`, () => {
      expect(outcomeOf(withFilters(filter({ filterPattern })), covers)).to.deep.equal(['satisfied', 'SATISFIED']);
    });
  }

  it('may match routine calls that the control itself requires', () => {
    const filterPattern = '{ $.eventSource = "config.amazonaws.com" }';
    const world = withFilters(filter({ filterPattern: '{ $.eventSource = "config*" }' }));
    expect(verdictOn(snapshotOf(world), { ...covers, filterPattern }).kind).to.equal('satisfied');
  });
});

describe('the metric filters of a log group', () => {
  it('that are none, or cannot be read, are named as such', () => {
    const none = verdictOn(snapshotOf(withFilters())).chains[0];
    expect(none.links.at(-1)).to.include({ link: 'metric filter', subject: 'none' });
    const finding = nearestOf(withFilters());
    expect(finding.sentence).to.equal('log group /aws/cloudtrail/main has no metric filter');
    expect(finding.fix).to.contain(`the pattern ${PATTERN} to log group /aws/cloudtrail/main,`);
    const refused = replacing(
      snapshotOf(withFilters()),
      'metric-filters',
      LOG_GROUP_ARN,
      denied('logs', 'DescribeMetricFilters'),
    );
    expect(verdictOn(refused).chains[0].links.at(-1)).to.include({ link: 'metric filter', subject: 'filters' });
  });

  it('are named with their patterns', () => {
    const [chain] = verdictOn(snapshotOf(withFilters(filter()))).chains;
    expect(chain.links.find(({ link }) => link === 'metric filter')?.subject).to.equal(`mfa ${PATTERN}`);
  });

  it('of which none is meant for the control are counted, with an event that all miss', () => {
    const world = withFilters(other('{ $.eventName = A }', 'a'), other('{ $.eventName = B }', 'b'));
    const [chain] = verdictOn(snapshotOf(world)).chains;
    expect(chain.links.at(-1)?.subject).to.equal('none of 2');
    const finding = nearestOf(world);
    expect(finding.sentence).to.match(
      /^none of the 2 metric filters of log group \S+ is for DeactivateMFADevice, such as \{"eventName":"DeactivateMFADevice"\}$/,
    );
    expect(finding.event).to.contain('recipientAccountId');
  });

  it('of which none is near show an event in few words only if all of them miss it', () => {
    const { sentence } = nearestOf(withFilters(other('{ $.eventName = A }', 'a'), other('{ $.eventTime NOT EXISTS }')));
    expect(sentence).to.match(/is for DeactivateMFADevice, such as \{.*"eventTime":/);
  });

  it('of which one is near show an event in few words that it misses, whatever the others match', () => {
    const root = other('{ $.userIdentity.type = Root }', 'root');
    const { sentence } = nearestOf(withFilters(root, other('{ $.eventTime NOT EXISTS }')));
    expect(sentence).to.match(/nearest: root, which misses required events, for example \{/);
    expect(sentence).not.to.contain('eventTime');
  });

  it('of which one also matches other events show such an event', () => {
    const { sentence, event } = nearestOf(withFilters(other('{ $.readOnly IS FALSE }', 'writes')));
    expect(sentence).to.match(/writes, which also matches other events, for example \{/);
    expect(sentence.endsWith(event ?? 'none')).to.equal(true);
  });

  it('of which one misses required events show one that it misses', () => {
    const { sentence } = nearestOf(
      withFilters(
        other('{ $.eventTime NOT EXISTS || $.userIdentity.type = Root }', 'odd'),
        other('{ $.eventName = A }', 'a'),
      ),
    );
    expect(sentence).to.match(/nearest: odd, which misses required events, for example \{.*"eventTime":/);
  });
});

describe('the link of the metric filters', () => {
  const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN };
  const linkOf = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}, change: Partial<Context> = {}) => {
    const { steps, needs } = judgeMetricFilters(path, { ...contextOf(inventory, raw), ...change });
    return [...steps.map(({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`), ...needs.map(keyName)];
  };

  it('needs the filters of the log group, and finds none where there is no log group', () => {
    const unread = onlyParts(snapshotOf(soundWorld()), (kind) => kind !== 'metric-filters');
    expect(linkOf(unread)).to.deep.equal([`metric-filters ${LOG_GROUP_ARN}`]);
    const gone = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: null } }));
    expect(linkOf(gone)).to.deep.equal(['none: NO_METRIC_FILTER']);
  });

  it('leads over each filter once: those that name what the control looks for first, then in the order of names', () => {
    const wide = '{ $.eventName = Deactivate* }';
    const filters = [other(wide, 'a'), filter({ filterName: 'c' }), other(wide, 'd'), filter({ filterName: 'b' })];
    expect(linkOf(snapshotOf(withFilters(...filters)), covers)).to.deep.equal([
      `b ${PATTERN}: holds`,
      `c ${PATTERN}: holds`,
      `a ${wide}: holds`,
      `d ${wide}: holds`,
    ]);
  });

  it('asks whether a filter sees the events only where nothing else is wrong with it', () => {
    const selecting = filter({ fieldSelectionCriteria: '@aws.account = 1' });
    expect(linkOf(snapshotOf(withFilters(selecting)))).to.deep.equal([`mfa ${PATTERN}: FILTER_MAY_BE_BLIND`]);
    const transformed = (filterPattern: string) => {
      const world = withFilters(filter({ filterPattern, applyOnTransformedLogs: true }));
      return linkOf(onlyParts(snapshotOf(world), (kind) => kind !== 'log-transformers'));
    };
    const open = '{ $.eventName = DeactivateMFADevice && $.readOnly = "false" }';
    expect(transformed(PATTERN)).to.deep.equal([`mfa ${PATTERN}: holds`, `log-transformers ${LOG_GROUP_ARN}`]);
    expect(transformed(open)).to.deep.equal([`mfa ${open}: FILTER_UNDECIDED`]);
  });

  it('leads over parts of what several filters cover where those are asked for', () => {
    const failed = '{ ($.eventName = DeactivateMFADevice) && ($.errorCode = "*") }';
    const world = withFilters(filter({ filterName: 'all' }), other(failed, 'failed'));
    expect(linkOf(snapshotOf(world), covers, { filters: 'parts' })).to.deep.equal([`failed ${failed}: holds`]);
  });
});

describe('what is said of several filters together', () => {
  const context = contextOf(snapshotOf(soundWorld()));
  const of = (missed: Answer, doubt?: string) =>
    togetherFinding([other(FAILED_SIGN_IN, 'a'), other(ROOT_USAGE, 'b')], LOG_GROUP_ARN, context, missed, doubt);
  const prefix = 'whether metric filters a, b together cover the required events is not determined:';

  it('is an event that they leave out', () => {
    const event = '{"eventName":"DeactivateMFADevice","awsRegion":"us-east-1","userIdentity":{"type":"IAMUser"}}';
    const { subject, finding } = of({ kind: 'event', event });
    expect([subject, finding.code, finding.event]).to.deep.equal(['a, b', 'FILTERS_LEAVE_GAP', event]);
    expect(finding.sentence).to.match(
      /^metric filters a, b miss required events even together, for example \{"eventName"/,
    );
  });

  it('is a doubt of the chain, of the comparison, or that they may need more events', () => {
    expect(of({ kind: 'none' }, 'a doubt').finding.sentence).to.equal(`${prefix} a doubt`);
    expect(of({ kind: 'undecided', reason: 'too long' }).finding.sentence).to.equal(`${prefix} too long`);
    expect(of({ kind: 'undecided', reason: 'too long' }, 'a doubt').finding.sentence).to.equal(`${prefix} a doubt`);
    expect(of({ kind: 'none' }).finding.sentence).to.equal(`${prefix} they may need more events than are allowed`);
  });
});

describe('an account without a filter for the control', () => {
  const cis = [
    other(ROOT_USAGE, 'root-usage'),
    other(FAILED_SIGN_IN, 'failed-sign-ins'),
    other('{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }', 'refused-calls'),
  ];

  it('is not blamed on the filter of another control, and the advice is to add one', () => {
    const finding = nearestOf(withFilters(...cis));
    expect(finding.code).to.equal('FILTER_UNRELATED');
    expect(finding.sentence).to.match(
      /^none of the 3 metric filters of log group \/aws\/cloudtrail\/main is for DeactivateMFADevice; nearest: refused-calls, which misses required events, for example \{/,
    );
    expect(finding.fix).to.match(/^add a metric filter with the pattern /);
  });

  it('hears first that no filter is for it where one matches nearly everything', () => {
    const finding = nearestOf(withFilters(other('{ $.readOnly IS FALSE }', 'writes'), ...cis));
    expect(finding.code).to.equal('FILTER_UNRELATED');
    expect(finding.sentence).to.contain('nearest: writes, which also matches other events');
  });

  it('under `covers` is not blamed on what filters of other controls miss together', () => {
    expect(outcomeOf(withFilters(...cis), covers)).to.deep.equal(['broken', 'FILTER_UNRELATED']);
  });

  const meant = [
    ['{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }', 'FILTER_NARROWER'],
    ['{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }', 'FILTER_BROADER'],
    ['{ ($.eventName = DeactivateMFADevice) && ($.eventName = EnableMFADevice) }', 'FILTER_NEVER_MATCHES'],
  ] as const;
  for (const [filterPattern, code] of meant) {
    it(`is distinguished from one whose filter has the name of the event: ${code}`, () => {
      const finding = nearestOf(withFilters(...cis, other(filterPattern, 'mfa')));
      expect(finding.code).to.equal(code);
      expect(finding.fix).to.match(/^add a metric filter with the pattern /);
    });
  }

  it('has a filter for failed sign-ins, which is not meant for sign-ins without MFA', () => {
    const raw = { controlId: 'CloudWatch.3' };
    expect(nearestOf(withFilters(other(FAILED_SIGN_IN)), raw).code).to.equal('FILTER_UNRELATED');
  });
});

describe('laws of metric filters', () => {
  const unread = fc.constantFrom('{ $.a = }', '{ }', `${FAILED_SIGN_IN}  `, '[a, b', '{ $.a NOT  EXISTS }', '   ');
  const anyPattern = fc.oneof(
    unread,
    fc.string({ maxLength: 30 }),
    fc.constantFrom(ROOT_USAGE, '{ $.eventName = "*" }'),
  );

  it('adding a filter on another metric never changes a satisfied verdict', () => {
    fc.assert(
      fc.property(fc.array(anyPattern, { maxLength: 4 }), fc.constantFrom({}, covers), (patterns, raw) => {
        const added = patterns.map((pattern, index) => other(pattern, `other-${index}`));
        expect(verdictOn(snapshotOf(withFilters(...added, filter())), raw).kind).to.equal('satisfied');
      }),
      { numRuns: 100 },
    );
  });

  it('adding a filter never hides that the alarm of the filter that fits is off', () => {
    fc.assert(
      fc.property(fc.array(unread, { maxLength: 4 }), (patterns) => {
        const added = patterns.map((pattern, index) => other(pattern, `other-${index}`));
        expect(outcomeOf(off(withFilters(...added, filter())))).to.deep.equal(['broken', 'ALARM_ACTIONS_DISABLED']);
      }),
      { numRuns: 50 },
    );
  });
});
