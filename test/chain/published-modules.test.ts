import { expect } from 'chai';

import type { Verdict } from '../../src/chain/verdict.ts';
import { catalog, controlById } from '../../src/controls/catalog.ts';
import type { MetricAlarm } from '../../src/inventory/resources.ts';
import { verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  alarm,
  filter,
  LOG_GROUP_ARN,
  REGION,
  snapshotOf,
  soundWorld,
  TOPIC_ARN,
} from '../support/worlds/world.ts';

/** One filter with its alarm: the pattern, and what of the alarm differs from the usual. */
interface Watch {
  readonly pattern: string;
  readonly alarm?: Partial<MetricAlarm>;
}

interface Module {
  /** What the module sets up by default, with its commit: only facts are taken from it. */
  readonly source: string;
  readonly watches: readonly Watch[];
  /** Controls that are satisfied; of all others the chain is certainly broken. */
  readonly satisfied: readonly string[];
  readonly subscribers?: 'none';
}

const pattern = (id: string): string => controlById(id)?.filterPattern ?? '';
const textOf = (id: string, at: number): string => controlById(id)?.texts[at]?.pattern ?? '';
const plain = (...ids: readonly string[]): readonly Watch[] => ids.map((id) => ({ pattern: pattern(id) }));
const cisText = (...ids: readonly string[]): readonly Watch[] => ids.map((id) => ({ pattern: textOf(id, 1) }));
const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_none, at) => `CloudWatch.${from + at}`);

const SIGN_IN = ['CloudWatch.3', 'CIS-1.2.0-3.2'] as const;
const ORGANIZATIONS = 'CIS-1.3.0-4.15';
const shortSignIn = pattern('CIS-1.2.0-3.2');
/** The texts that all these modules have alike, as CIS prints them. */
const common: readonly Watch[] = [
  ...plain('CloudWatch.1', ...numbers(5, 12), 'CloudWatch.14'),
  ...cisText('CloudWatch.4', 'CloudWatch.13'),
];
const commonIds = ['CloudWatch.1', ...numbers(4, 14)];
const without = (ids: readonly string[], ...left: readonly string[]) => ids.filter((id) => !left.includes(id));
const unlike = (watches: readonly Watch[], id: string, change: Watch): readonly Watch[] =>
  watches.map((watch) => (watch.pattern === pattern(id) || watch.pattern === textOf(id, 1) ? change : watch));

const needsThree: Partial<MetricAlarm> = { threshold: 3 };
const aDay: Partial<MetricAlarm> = { period: 86_400 };
const notByRole =
  '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type != "AssumedRole") }';

const modules: readonly Module[] = [
  {
    source: 'terraform-aws-modules/terraform-aws-cloudwatch modules/cis-alarms a2a5f9d',
    watches: [...common, ...plain('CloudWatch.2', 'CloudWatch.3', ORGANIZATIONS)],
    satisfied: [...commonIds, 'CloudWatch.2', ...SIGN_IN, ORGANIZATIONS],
  },
  {
    // IAM policy changes and failed sign-ins go into ALARM at the third event. The root user and sign-ins without MFA
    // are summed over a day: the alarm stays in ALARM for a day after an event, and no longer, which is allowed.
    source: 'cloudposse/terraform-aws-cloudtrail-cloudwatch-alarms catalog/cis_benchmark.yaml d5f4cd4',
    watches: [
      ...unlike(
        unlike(unlike(common, 'CloudWatch.1', { pattern: pattern('CloudWatch.1'), alarm: aDay }), 'CloudWatch.4', {
          pattern: textOf('CloudWatch.4', 1),
          alarm: needsThree,
        }),
        'CloudWatch.6',
        { pattern: pattern('CloudWatch.6'), alarm: needsThree },
      ),
      ...plain('CloudWatch.2'),
      { pattern: shortSignIn, alarm: aDay },
    ],
    satisfied: [...without(commonIds, 'CloudWatch.4', 'CloudWatch.6'), 'CloudWatch.2', ...SIGN_IN],
  },
  {
    // Refused calls: the exclusions of CIS 2.0 apply to both error codes here, so fewer calls are caught.
    source: 'nozaq/terraform-aws-secure-baseline modules/alarm-baseline 6b2d679',
    watches: [
      ...common,
      {
        pattern:
          '{(($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket"))}',
      },
      { pattern: shortSignIn },
      ...plain(ORGANIZATIONS),
    ],
    satisfied: [...commonIds, ...SIGN_IN, ORGANIZATIONS],
  },
  {
    source: 'trussworks/terraform-aws-cloudtrail-alarms 4be0f83',
    watches: [...common, ...plain('CloudWatch.2'), { pattern: shortSignIn }],
    satisfied: [...commonIds, 'CloudWatch.2', ...SIGN_IN],
  },
  {
    // A second filter counts everything that the root user does; it has a metric and an alarm of its own.
    source: 'rhythmictech/terraform-aws-cis-cloudwatch-monitors',
    watches: [
      ...common,
      ...plain('CloudWatch.2'),
      { pattern: shortSignIn },
      { pattern: '{$.userIdentity.type = "Root"}' },
    ],
    satisfied: [...commonIds, 'CloudWatch.2', ...SIGN_IN],
  },
  {
    // Refused calls: only HeadBucket calls of the log delivery are left out, which is neither text.
    source: 'geekcell/terraform-aws-cloudtrail-alerts',
    watches: [
      ...common,
      {
        pattern:
          '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress != delivery.logs.amazonaws.com) || ($.eventName != HeadBucket)) }',
      },
      ...plain('CloudWatch.3', ORGANIZATIONS),
    ],
    satisfied: [...commonIds, ...SIGN_IN, ORGANIZATIONS],
  },
  {
    // Sign-ins of assumed roles are left out, failed ones of users are not: neither text.
    source: 'DNXLabs/terraform-aws-security-alarms cloudtrail-alarms-light',
    watches: [...plain('CloudWatch.1'), { pattern: notByRole }],
    satisfied: ['CloudWatch.1'],
  },
  {
    source: 'aws-samples/aws-secure-environment-accelerator sample configuration',
    watches: [...common, ...plain('CloudWatch.2'), { pattern: notByRole }],
    satisfied: [...commonIds, 'CloudWatch.2'],
  },
  {
    // The runbooks create the topic and no subscription; the alarm is 1 of 12 periods.
    source: 'aws-solutions/automated-security-response-on-aws 3795962',
    watches: [...common, ...plain('CloudWatch.2'), { pattern: shortSignIn }].map((watch) => ({
      ...watch,
      alarm: { evaluationPeriods: 12, datapointsToAlarm: 1 },
    })),
    satisfied: [],
    subscribers: 'none',
  },
  {
    source: 'the same, once somebody has subscribed',
    watches: [...common, ...plain('CloudWatch.2'), { pattern: shortSignIn }].map((watch) => ({
      ...watch,
      alarm: { evaluationPeriods: 12, datapointsToAlarm: 1 },
    })),
    satisfied: [...commonIds, 'CloudWatch.2', ...SIGN_IN],
  },
];

/** The module's filters and alarms in an account with a multi-region trail. */
function accountOf({ watches, subscribers }: Module): World {
  const metric = (at: number) => `Watch${at}`;
  return soundWorld({
    filters: {
      [LOG_GROUP_ARN]: watches.map((watch, at) =>
        filter({
          filterName: metric(at),
          filterPattern: watch.pattern,
          metricTransformations: [
            { metricNamespace: 'CISBenchmark', metricName: metric(at), metricValue: '1', defaultValue: 0 },
          ],
        }),
      ),
    },
    alarms: {
      [`${ACCOUNT} ${REGION}`]: watches.map((watch, at) =>
        alarm({ alarmName: metric(at), namespace: 'CISBenchmark', metricName: metric(at), ...watch.alarm }),
      ),
    },
    ...(subscribers === 'none' ? { subscriptions: { [TOPIC_ARN]: [] } } : {}),
  });
}

describe('the published defaults of', () => {
  for (const module of modules) {
    it(`${module.source}: the 17 controls`, () => {
      const inventory = snapshotOf(accountOf(module));
      const kinds = catalog.map(({ id }): readonly [string, Verdict['kind']] => [
        id,
        verdictOn(inventory, { controlId: id }).kind,
      ]);
      const expected = catalog.map(({ id }) => [id, module.satisfied.includes(id) ? 'satisfied' : 'broken']);
      expect(kinds).to.deep.equal(expected);
    });
  }

  it('none of them watches for a deactivated MFA device', () => {
    for (const module of modules) expect(module.satisfied).not.to.include('D9.AWS.MON.25');
  });

  it('the page of Security Hub, followed exactly: all fourteen controls', () => {
    const ids = numbers(1, 14);
    const account = accountOf({ source: '', watches: plain(...ids), satisfied: ids });
    for (const controlId of ids)
      expect(verdictOn(snapshotOf(account), { controlId }).kind, controlId).to.equal('satisfied');
  });
});
