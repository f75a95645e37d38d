import { expect } from 'chai';
import fc from 'fast-check';

import { judge } from '../../../src/chain/judge.ts';
import { queryFor } from '../../../src/chain/log-alarm/query-for.ts';
import { catalog, controlById } from '../../../src/controls/catalog.ts';
import { compare, parse } from '../../../src/log-query/index.ts';
import { readPattern } from '../../../src/chain/required/premises.ts';
import { arbitraryLogWorld } from '../../support/worlds/arbitrary-world.ts';
import { logWorld } from '../../support/worlds/faulty-accounts.ts';
import { codeOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  TOPIC_ARN,
  compositeAlarm,
  logAlarm,
  snapshotOf,
  soundWorld,
  topicAttributes,
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

describe('the query that is written for a control', () => {
  it('means what the default control requires', () => {
    const control = controlById('D9.AWS.MON.25');
    if (control === undefined) throw new Error('no control');
    expect(queryFor(control)).to.equal('filter eventName = "DeactivateMFADevice"');
  });

  it('misses nothing that any control requires, where that is documented', () => {
    const relations = catalog.map((control) => {
      const query = queryFor(control);
      const parsed = query === undefined ? undefined : parse(query);
      if (parsed?.kind !== 'parsed') return [control.id, 'not written'] as const;
      const premises = readPattern(control.premises);
      return [
        control.id,
        compare({ candidate: parsed.query, required: readPattern(control.filterPattern), premises }).missed.kind,
      ] as const;
    });
    expect(relations.filter(([, kind]) => kind === 'event')).to.deep.equal([]);
    expect(relations.filter(([, kind]) => kind === 'none')).to.have.length.greaterThan(10);
  });
});
