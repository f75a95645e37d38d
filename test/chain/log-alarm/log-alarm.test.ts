import { expect } from 'chai';
import fc from 'fast-check';

import { judge } from '../../../src/chain/judge.ts';
import { judgeLogAlarms } from '../../../src/chain/log-alarm/log-alarm.ts';
import { addLogAlarmText } from '../../../src/chain/log-alarm/reasons.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { Alarm, LogAlarm, ScheduledQueryConfiguration } from '../../../src/inventory/resources.ts';
import { arbitraryLogWorld } from '../../support/worlds/arbitrary-world.ts';
import { logWorld } from '../../support/worlds/faulty-accounts.ts';
import { codeOf, contextOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  PATTERN,
  REGION,
  TOPIC_ARN,
  compositeAlarm,
  denied,
  keyName,
  logAlarm,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  topicAttributes,
  trail,
} from '../../support/worlds/world.ts';

const codeIn = (world: World, raw: Readonly<Record<string, string>> = {}) =>
  codeOf(verdictOn(snapshotOf(world), { acceptedRoutes: 'log-alarm', ...raw }));
const querying = (...identifiers: readonly string[]) => logWorld([logAlarm({}, { logGroupIdentifiers: identifiers })]);
const kindIn = (world: World, raw: Readonly<Record<string, string>> = {}) =>
  verdictOn(snapshotOf(world), { acceptedRoutes: 'log-alarm', ...raw }).kind;

const withQuery = (queryString: string, aggregationExpression = 'count(*)') =>
  logWorld([logAlarm({}, { queryString, aggregationExpression })]);

describe('the route over a log alarm', () => {
  const rows: readonly (readonly [
    claim: string,
    world: World,
    code: string,
    raw?: Readonly<Record<string, string>>,
  ])[] = [
    ['holds over a log group by its name', logWorld(), 'SATISFIED'],
    ['holds over a log group by its ARN', querying(LOG_GROUP_ARN), 'SATISFIED'],
    ['holds over a log group by its ARN with an asterisk', querying(`${LOG_GROUP_ARN}:*`), 'SATISFIED'],
    ['holds over several log groups', querying('/aws/other', '/aws/cloudtrail/main'), 'SATISFIED'],
    [
      'does not take a log group of another account for this one',
      querying(LOG_GROUP_ARN.replace(ACCOUNT, OTHER_ACCOUNT)),
      'LOG_ALARM_OTHER_LOG_GROUP',
    ],
    ['leaves open what log groups an identifier with an asterisk means', querying('/aws/*'), 'LOG_ALARM_NOT_COMPUTED'],
    [
      'leaves open what log groups an ARN with an asterisk means',
      querying(LOG_GROUP_ARN.replace('/main', '/*')),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    [
      'does not take an identifier of another form for another log group',
      querying(`${ACCOUNT}:/aws/cloudtrail/main`),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    ['does not take the beginning of a name for the name', querying('/aws/cloudtrail'), 'LOG_ALARM_OTHER_LOG_GROUP'],
    [
      'leaves open what `%` in quotes means',
      withQuery('filter eventName like "%DeactivateMFADevice%"'),
      'LOG_ALARM_UNREAD',
    ],
    [
      'takes no comment for what a query is meant for',
      withQuery('# DeactivateMFADevice\nfilter eventName = "CreateUser"'),
      'NO_LOG_ALARM',
    ],
    [
      'knows what a regular expression is meant for',
      withQuery('filter eventName like /^(Enable|Deactivate)MFADevice$/ and userIdentity.type = "Root"'),
      'LOG_ALARM_DIFFERENT',
    ],
    ['leaves open what a query without log groups reads', querying(), 'LOG_ALARM_NOT_COMPUTED'],
    [
      'reads what `stats` counts, by its name',
      withQuery('filter eventName = "DeactivateMFADevice" | stats count(*) as n', 'sum(n)'),
      'SATISFIED',
    ],
    [
      'leaves open a count of what `stats` counts',
      withQuery('filter eventName = "DeactivateMFADevice" | stats count(*) as n'),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    [
      'leaves open what `stats` gives without events, where missing data matters',
      logWorld([
        logAlarm(
          { treatMissingData: 'breaching' },
          {
            queryString: 'filter eventName = "DeactivateMFADevice" | stats count(*) as n',
            aggregationExpression: 'max(n)',
          },
        ),
      ]),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    [
      'lets a limit be that does not matter',
      withQuery('filter eventName = "DeactivateMFADevice" | limit 1'),
      'SATISFIED',
    ],
    [
      'takes a broader query where that is allowed',
      withQuery('filter @message like "DeactivateMFADevice"'),
      'SATISFIED',
      { patternMatch: 'covers' },
    ],
    [
      'judges no settings where only the configuration is asked for',
      logWorld([logAlarm({ threshold: 9 })]),
      'SATISFIED',
      { assurance: 'configured' },
    ],
    ['needs a topic', logWorld([logAlarm({ alarmActions: [] })]), 'ALARM_WITHOUT_ACTION'],
    ['needs enabled actions', logWorld([logAlarm({ actionsEnabled: false })]), 'ALARM_ACTIONS_DISABLED'],
    [
      'is broken where the settings have an error',
      logWorld([logAlarm({ evaluationState: 'EVALUATION_ERROR' })]),
      'ALARM_NOT_EVALUATED',
    ],
    [
      'is open where CloudWatch has a problem',
      logWorld([logAlarm({ evaluationState: 'EVALUATION_FAILURE' })]),
      'ALARM_UNCERTAIN',
    ],
    [
      'is open where not all results were there',
      logWorld([logAlarm({ evaluationState: 'PARTIAL_DATA' })]),
      'ALARM_UNCERTAIN',
    ],
    ['is broken in the warm-up', logWorld([logAlarm({ evaluationState: 'IN_WARM_UP' })]), 'ALARM_NOT_EVALUATED'],
    [
      'is broken where the alarm is in ALARM for long',
      logWorld([logAlarm({ stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-18T00:00:00.000Z' })]),
      'ALARM_ALREADY_IN_ALARM',
    ],
    [
      'is open where a composite alarm may act for it',
      logWorld([logAlarm({ alarmActions: [] }), compositeAlarm({ alarmRule: 'ALARM("mfa-log-alarm")' })]),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    [
      'is open without a role',
      logWorld([
        {
          ...logAlarm(),
          scheduledQueryConfiguration: {
            queryString: 'filter eventName = "DeactivateMFADevice"',
            logGroupIdentifiers: ['/aws/cloudtrail/main'],
            aggregationExpression: 'count(*)',
            scheduleConfiguration: { scheduleExpression: 'rate(5 minutes)', startTimeOffset: 1200 },
          },
        },
      ]),
      'LOG_ALARM_NOT_COMPUTED',
    ],
    [
      'needs a topic that lets CloudWatch publish',
      logWorld([logAlarm()], { topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: '{"Statement":[]}' }) } }),
      'TOPIC_REFUSES_ALARM',
    ],
    ['needs a subscriber', logWorld([logAlarm()], { subscriptions: { [TOPIC_ARN]: [] } }), 'NO_SUBSCRIBER'],
    ['needs a log group', logWorld([logAlarm()], { filters: { [LOG_GROUP_ARN]: null } }), 'LOG_GROUP_GONE'],
    [
      'prefers one that fits to one that is not computed',
      logWorld([logAlarm({ alarmName: 'a' }, { queryString: 'parse @message "*" as a' }), logAlarm()]),
      'SATISFIED',
    ],
    [
      'does not hide behind one that is not computed that another certainly breaks',
      logWorld([logAlarm({ alarmName: 'a' }, { queryString: 'parse @message "*" as a' }), logAlarm({ threshold: 4 })]),
      'LOG_ALARM_NEEDS_MORE_EVENTS',
    ],
    [
      'is broken by one that is not computed and notifies nobody',
      logWorld([
        logAlarm(
          { alarmActions: [] },
          { queryString: 'parse @message "*" as a | filter eventName = "DeactivateMFADevice"' },
        ),
      ]),
      'ALARM_WITHOUT_ACTION',
    ],
    [
      'does not look at one that notifies nobody and is for something else',
      logWorld([logAlarm({ alarmActions: [] }, { queryString: 'parse @message "*" as a' })]),
      'NO_LOG_ALARM',
    ],
    [
      'leaves open one that is not computed, under a composite alarm',
      logWorld([
        logAlarm({ alarmActions: [] }, { queryString: 'parse @message "*" as a' }),
        compositeAlarm({ alarmRule: 'ALARM("mfa-log-alarm")' }),
      ]),
      'LOG_ALARM_UNREAD',
    ],
    ['is not accepted by default', logWorld(), 'NO_METRIC_FILTER', { acceptedRoutes: 'metric-filter' }],
    [
      'counts beside the other routes',
      logWorld(),
      'SATISFIED',
      { acceptedRoutes: 'metric-filter,eventbridge,log-alarm' },
    ],
  ];
  for (const [claim, world, code, raw] of rows) {
    it(claim, () => {
      expect(codeIn(world, raw)).to.equal(code);
    });
  }

  it('is muted as any alarm is', () => {
    const id = `${ACCOUNT} eu-west-1 mfa-log-alarm`;
    const rule = { name: 'always', expression: 'cron(0 * * * *)', duration: 'PT1H' };
    expect(codeIn(logWorld([logAlarm()], { muteRules: { [id]: [rule] } }))).to.equal('ALARM_MUTED');
  });

  it('is undecided where its query also counts routine calls, or may: whether its alarm stays in ALARM is not known', () => {
    const covers = { patternMatch: 'covers' };
    for (const more of ['eventName = "PutEvaluations"', 'errorCode != "AccessDenied"']) {
      const world = withQuery(`filter eventName = "DeactivateMFADevice" or ${more}`);
      expect(codeIn(world, covers)).to.equal('LOG_ALARM_MATCHES_ROUTINE');
      expect(kindIn(world, covers)).to.equal('undecided');
    }
  });

  it('names the command that is not computed, and its place', () => {
    const verdict = verdictOn(snapshotOf(withQuery('fields a | dedup eventName')), { acceptedRoutes: 'log-alarm' });
    expect(verdict.kind !== 'satisfied' && verdict.chains[0].finding.sentence).to.equal(
      'the query of log alarm mfa-log-alarm is not computed: at offset 11: found `dedup`, expected `filter`, `fields`, `display`, `sort`, `limit` or `stats count(*)`',
    );
  });

  it('asks for no alarms where another route holds', () => {
    const { control, options } = parametersOf({ acceptedRoutes: 'metric-filter,log-alarm' });
    const inventory = snapshotOf(soundWorld());
    const judgement = judge(control, options, { ...inventory, parts: { ...inventory.parts, 'log-group': {} } });
    expect(judgement.kind === 'verdict' && judgement.verdict.kind).to.equal('satisfied');
  });

  it('never takes an account from satisfied, whatever log alarms it has', () => {
    fc.assert(
      fc.property(arbitraryLogWorld, (world) => {
        const withoutThem = {
          ...world,
          alarms: Object.fromEntries(
            Object.entries(world.alarms).map(([place, alarms]) => [
              place,
              alarms.filter(({ kind }) => kind !== 'log-alarm'),
            ]),
          ),
        };
        const both = { acceptedRoutes: 'metric-filter,log-alarm' };
        if (verdictOn(snapshotOf(withoutThem)).kind === 'satisfied') {
          expect(verdictOn(snapshotOf(world), both).kind).to.equal('satisfied');
        }
        const alone = verdictOn(snapshotOf(withoutThem), { acceptedRoutes: 'log-alarm' });
        expect(alone.kind).not.to.equal('satisfied');
      }),
      { numRuns: 60 },
    );
  });
});

describe('the link `log alarm`', () => {
  const place = `${ACCOUNT} ${REGION}`;
  const group = '/aws/cloudtrail/main';
  const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN };
  const narrower = 'filter eventName = "DeactivateMFADevice" and userIdentity.type = "Root"';
  const stepsOf = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}) => {
    const { steps, needs } = judgeLogAlarms(path, contextOf(inventory, raw));
    return { steps, needs: needs.map(keyName) };
  };
  const findingsIn = (
    alarms: readonly Alarm[],
    raw: Readonly<Record<string, string>> = {},
    change: Partial<World> = {},
  ) =>
    stepsOf(snapshotOf(logWorld(alarms, change)), raw).steps.map(({ subject, finding }) => ({ subject, ...finding }));
  const sentenceFor = (alarm: LogAlarm, raw: Readonly<Record<string, string>> = {}) => {
    const [only, ...others] = findingsIn([alarm], raw);
    expect(others).to.deep.equal([]);
    return only?.sentence ?? 'holds';
  };

  const sentences: readonly (readonly [
    claim: string,
    alarm: LogAlarm,
    sentence: string,
    raw?: Readonly<Record<string, string>>,
  ])[] = [
    [
      'that looks back too little',
      logAlarm({}, {}, { startTimeOffset: 299 }),
      'looks at 299 seconds every 300 seconds, so it misses events between',
    ],
    [
      'that no count takes to ALARM',
      logAlarm({ comparisonOperator: 'LessThanThreshold' }),
      'does not go into ALARM: no count breaches its threshold',
    ],
    [
      'that is in ALARM without events',
      logAlarm({ comparisonOperator: 'GreaterThanOrEqualToThreshold' }),
      'is in ALARM while nothing happens: a count of 0 breaches its threshold',
    ],
    [
      'that needs more events than may pass',
      logAlarm({ threshold: 3 }),
      'goes into ALARM only after 4 events, and at most 3 are allowed',
      { maxEventsToAlarm: '3' },
    ],
    ['that needs as many events as may pass', logAlarm({ threshold: 2 }), 'holds', { maxEventsToAlarm: '3' }],
    [
      'that looks back more than a day',
      logAlarm({}, {}, { startTimeOffset: 30 * 3600 }),
      'stays in ALARM for 30 hours after an event',
    ],
    [
      'that looks back a little more than a day',
      logAlarm({}, {}, { startTimeOffset: 24 * 3600 + 60 }),
      'stays in ALARM for 25 hours after an event',
    ],
    ['that looks back a day', logAlarm({}, {}, { startTimeOffset: 24 * 3600 }), 'holds'],
    [
      'that goes into ALARM later than allowed',
      logAlarm({}, {}, { startTimeOffset: 1800, endTimeOffset: 600 }),
      'takes up to 15 minutes to go into ALARM, and 14 are allowed',
      { maxAlarmDelayMinutes: '14' },
    ],
    [
      'that goes into ALARM as late as allowed',
      logAlarm({}, {}, { startTimeOffset: 1800, endTimeOffset: 600 }),
      'holds',
      { maxAlarmDelayMinutes: '15' },
    ],
    [
      'that does not look back for late events',
      logAlarm({}, {}, { startTimeOffset: 1199 }),
      'may miss events that CloudTrail delivers late: its query would have to look back 1200 seconds',
    ],
    [
      'without a result',
      logAlarm({ stateValue: 'INSUFFICIENT_DATA' }),
      'has no result yet, and whether role log-alarm-queries may run its query is not read',
    ],
    [
      'that is in ALARM since an hour',
      logAlarm({ stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-20T09:00:00.000Z' }),
      'holds',
    ],
  ];
  for (const [claim, alarm, sentence, raw] of sentences) {
    it(`says of an alarm ${claim}: ${sentence}`, () => {
      expect(sentenceFor(alarm, raw).replace('log alarm mfa-log-alarm ', '')).to.equal(sentence);
    });
  }

  const notComputed: readonly (readonly [claim: string, query: Partial<ScheduledQueryConfiguration>, why: RegExp])[] = [
    ['no log groups', { logGroupIdentifiers: [] }, /: it names no log groups$/],
    [
      'log groups in another form',
      { logGroupIdentifiers: ['/aws/*', '/aws/other'] },
      /: it names log groups in a form that is not documented$/,
    ],
    [
      'another aggregation',
      { aggregationExpression: 'avg(n)' },
      /: its aggregation expression is not computed, at offset \d+/,
    ],
  ];
  for (const [claim, query, why] of notComputed) {
    it(`says that it does not compute ${claim}`, () => {
      expect(sentenceFor(logAlarm({}, query))).to.match(
        /^when log alarm mfa-log-alarm goes into ALARM is not determined: /,
      );
      expect(sentenceFor(logAlarm({}, query))).to.match(why);
    });
  }

  it('names the alarm with its query, as far as it is known, and goes on with it', () => {
    const alarm = logAlarm({}, { queryString: 'filter eventName = "DeactivateMFADevice"' });
    const { steps } = stepsOf(snapshotOf(logWorld([alarm])));
    expect(steps.map(({ subject }) => subject)).to.deep.equal([
      'mfa-log-alarm filter eventName = "DeactivateMFADevice"',
    ]);
    expect(steps.map((one) => one.path)).to.deep.equal([{ ...path, alarm }]);
    const entries = Object.entries(alarm).filter(([name]) => name !== 'scheduledQueryConfiguration');
    const unknown = Object.fromEntries(entries) as unknown as LogAlarm;
    expect(findingsIn([unknown]).map(({ subject, code }) => [subject, code])).to.deep.equal([
      ['mfa-log-alarm', 'LOG_ALARM_QUERY_UNKNOWN'],
    ]);
  });

  it('asks for the alarms, and is undecided where they cannot be listed', () => {
    const sound = snapshotOf(logWorld());
    expect(stepsOf(onlyParts(sound, (kind) => kind !== 'alarms')).needs).to.deep.equal([`alarms ${place}`]);
    const refused = stepsOf(replacing(sound, 'alarms', place, denied('cloudwatch', 'DescribeAlarms'))).steps;
    expect(refused.map(({ subject, finding }) => [subject, finding?.code])).to.deep.equal([['alarms', 'UNREADABLE']]);
  });

  it('looks at those that are meant for the control first, and at each group by ARN', () => {
    const names = ['c', 'a', 'b'].map((alarmName) => logAlarm({ alarmName }, { queryString: 'dedup a' }));
    const meant = ['z', 'y'].map((alarmName) => logAlarm({ alarmName }, { queryString: narrower }));
    const subjects = findingsIn([...names, ...meant]).map(({ subject }) => subject.slice(0, 1));
    expect(subjects).to.deep.equal(['y', 'z', 'a', 'b', 'c']);
  });

  it('says that there is none for the control, and names one that reads other log groups', () => {
    const [none] = findingsIn([logAlarm({}, { queryString: 'filter eventName = "CreateUser"' })]);
    expect(none?.subject).to.equal('none');
    expect(none?.sentence).to.equal(`no log alarm in ${REGION} queries log group ${group} for DeactivateMFADevice`);
    const elsewhere = { logGroupIdentifiers: ['/aws/a', '/aws/b'] };
    const [other] = findingsIn([logAlarm({}, elsewhere)]);
    expect(other?.sentence).to.equal(`log alarm mfa-log-alarm reads /aws/a, /aws/b, and not log group ${group}`);
    // One that would not fit here either is not worth a word.
    for (const queryString of [narrower, 'dedup a']) {
      expect(findingsIn([logAlarm({}, { ...elsewhere, queryString })])[0]?.code).to.equal('NO_LOG_ALARM');
    }
  });

  it('says of a query that is certainly wrong what is wrong, whether or not the alarm notifies somebody', () => {
    const [silent] = findingsIn([logAlarm({ alarmActions: [] }, { queryString: narrower })]);
    expect(silent?.code).to.equal('LOG_ALARM_NARROWER');
  });

  it('is open under a composite alarm that names it, by name or by ARN, and says which', () => {
    const silent = logAlarm({ actionsEnabled: false });
    for (const name of [silent.alarmName, silent.alarmArn]) {
      const composite = compositeAlarm({ alarmName: 'over', alarmRule: `ALARM("${name}")` });
      expect(findingsIn([silent, composite])[0]?.sentence).to.equal(
        'when log alarm mfa-log-alarm goes into ALARM is not determined: composite alarm over is over it, which is not followed',
      );
    }
    const another = compositeAlarm({ alarmName: 'over', alarmRule: 'ALARM("another")' });
    expect(findingsIn([silent, another])[0]?.code).to.equal('ALARM_ACTIONS_DISABLED');
    const under = compositeAlarm({ alarmName: 'over', alarmRule: 'ALARM("mfa-log-alarm")' });
    expect(findingsIn([logAlarm(), under])[0]?.code).to.equal(undefined);
  });

  it('advises another log alarm where the state leaves doubt, and else what helps against the reason', () => {
    const [uncertain] = findingsIn([logAlarm({ evaluationState: 'PARTIAL_DATA' })]);
    expect([uncertain?.code, uncertain?.fix]).to.deep.equal([
      'ALARM_UNCERTAIN',
      addLogAlarmText({ logGroup: group, required: PATTERN }),
    ]);
    const [disabled] = findingsIn([logAlarm({ actionsEnabled: false })]);
    expect(disabled?.fix).not.to.contain('log alarm that counts');
  });

  describe('over a log group whose events may be transformed', () => {
    const transformed = (ofLogGroup: boolean, ofAccount: boolean) =>
      ({ transformers: { [LOG_GROUP_ARN]: { ofLogGroup, ofAccount } } }) as const;

    it('is open if they are, by the log group or by the account', () => {
      for (const [ofLogGroup, ofAccount] of [
        [true, false],
        [false, true],
      ] as const) {
        const [one] = findingsIn([logAlarm()], {}, transformed(ofLogGroup, ofAccount));
        expect(one?.code).to.equal('LOG_ALARM_ON_TRANSFORMED_LOGS');
        expect(one?.sentence).to.contain(`log group ${group}`).and.to.contain('mfa-log-alarm');
      }
      expect(findingsIn([logAlarm()], {}, transformed(false, false))[0]?.code).to.equal(undefined);
    });

    it('asks whether they are, unless something else certainly breaks the chain or only the configuration is judged', () => {
      const asked = (alarm: LogAlarm, raw: Readonly<Record<string, string>> = {}) =>
        stepsOf(
          onlyParts(snapshotOf(logWorld([alarm])), (kind) => kind !== 'log-transformers'),
          raw,
        ).needs;
      const key = `log-transformers ${LOG_GROUP_ARN}`;
      expect(asked(logAlarm())).to.deep.equal([key]);
      expect(asked(logAlarm({ stateValue: 'INSUFFICIENT_DATA' }))).to.deep.equal([key]);
      expect(asked(logAlarm({ threshold: 9 }))).to.deep.equal([]);
      expect(asked(logAlarm(), { assurance: 'configured' })).to.deep.equal([]);
    });

    it('is not determined where that cannot be read', () => {
      const sound = snapshotOf(logWorld());
      const refused = replacing(sound, 'log-transformers', LOG_GROUP_ARN, denied('logs', 'GetTransformer'));
      expect(stepsOf(refused).steps.map(({ finding }) => finding?.failure?.operation)).to.deep.equal([
        'GetTransformer',
      ]);
    });
  });
});
