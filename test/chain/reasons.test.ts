import { expect } from 'chai';

import { reasonsByLink } from '../../src/chain/reasons.ts';
import { faults, withFilters } from '../support/worlds/faulty-accounts.ts';
import { codeOf, verdictOn } from '../support/judging.ts';
import type { MetricFilter, Subscription } from '../../src/inventory/resources.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  PATTERN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  confirmed,
  denied,
  filter,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../support/worlds/world.ts';

describe('reasons', () => {
  for (const [code, { fault, raw, fixed = soundWorld() }] of Object.entries(faults)) {
    it(`${code} is given where it is the only fault, and not once it is fixed`, () => {
      const verdict = verdictOn(snapshotOf(fault), raw);
      expect(codeOf(verdict)).to.equal(code);
      const reason = Object.values<Readonly<Record<string, { readonly outcome: string }>>>(reasonsByLink).find(
        (table) => code in table,
      );
      expect(verdict.kind).to.equal(reason?.[code]?.outcome);
      expect(verdictOn(snapshotOf(fixed), raw).kind).to.equal('satisfied');
    });
  }
});

describe('advice', () => {
  for (const [code, { fault, raw }] of Object.entries(faults)) {
    it(`for ${code} takes nothing away that may serve something else too`, () => {
      const [nearest] = verdictOn(snapshotOf(fault), raw).chains;
      const fix = nearest.outcome === 'satisfied' ? '' : nearest.finding.fix;
      expect(fix).to.match(/^\S/);
      expect(fix).to.not.match(/\b(remove|replace|overwrite|delete|let alarm|let the rule)\b/);
    });
  }

  it('for an alarm without the dimensions that a filter takes from the event is another filter', () => {
    const [one] = filter().metricTransformations;
    const dimensions = { User: '$.userIdentity.arn' };
    const odd = filter({ metricTransformations: [{ ...one, dimensions }] as MetricFilter['metricTransformations'] });
    const [nearest] = verdictOn(snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [odd] } }))).chains;
    const fix = nearest.outcome === 'satisfied' ? '' : nearest.finding.fix;
    expect(fix).to.equal('add a metric filter without dimensions, with a metric and an alarm of its own');
  });
});

describe('a part that cannot be read', () => {
  const sound = snapshotOf(soundWorld());
  const parts = [
    ['trails', 'account', 'cloudtrail', 'DescribeTrails'],
    ['trail-status', TRAIL_ARN, 'cloudtrail', 'GetTrailStatus'],
    ['event-selectors', TRAIL_ARN, 'cloudtrail', 'GetEventSelectors'],
    ['metric-filters', LOG_GROUP_ARN, 'logs', 'DescribeMetricFilters'],
    ['alarms', `${ACCOUNT} ${REGION}`, 'cloudwatch', 'DescribeAlarms'],
    ['mute-rules', `${ACCOUNT} ${REGION} mfa-alarm`, 'cloudwatch', 'ListAlarmMuteRules'],
    ['alarm-history', `${ACCOUNT} ${REGION} mfa-alarm`, 'cloudwatch', 'DescribeAlarmHistory'],
    ['topic-attributes', TOPIC_ARN, 'sns', 'GetTopicAttributes'],
    ['subscriptions', TOPIC_ARN, 'sns', 'ListSubscriptionsByTopic'],
    ['subscription-attributes', confirmed().subscriptionArn, 'sns', 'GetSubscriptionAttributes'],
  ] as const;

  for (const [kind, id, service, operation] of parts) {
    it(`makes the account undecided and names the permission: ${kind}`, () => {
      let inventory = replacing(sound, kind, id, denied(service, operation));
      if (kind === 'alarms') {
        const metric = { namespace: 'Security', metricName: 'MfaDeactivated' };
        const direct = `${ACCOUNT} ${REGION} ${JSON.stringify([metric.namespace, metric.metricName])}`;
        inventory = replacing(inventory, 'alarms-for-metric', direct, denied(service, operation));
      }
      const verdict = verdictOn(inventory);
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'UNREADABLE']);
      const [nearest] = verdict.chains;
      expect(nearest.outcome === 'undecided' && nearest.finding.fix).to.contain(`${service}:${operation}`);
    });
  }

  it('does not hide a break that is certain elsewhere in the same chain', () => {
    const noSubscriber = snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }));
    const verdict = verdictOn(
      replacing(noSubscriber, 'trail-status', TRAIL_ARN, denied('cloudtrail', 'GetTrailStatus')),
    );
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'NO_SUBSCRIBER']);
  });

  it('leaves an account satisfied that another chain satisfies', () => {
    const second = { ...trail({ name: 'second', trailArn: `${TRAIL_ARN}-2` }) };
    const world = soundWorld({
      trails: [second, trail()],
      statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status() },
      selectors: { [TRAIL_ARN]: allManagementEvents, [second.trailArn]: allManagementEvents },
    });
    const verdict = verdictOn(
      replacing(snapshotOf(world), 'trail-status', second.trailArn, denied('cloudtrail', 'GetTrailStatus')),
    );
    expect(verdict.kind).to.equal('satisfied');
  });
});

describe('a subscription that went since it was listed', () => {
  const [gone, other] = ['gone', 'other'].map((id) => confirmed({ subscriptionArn: `${TOPIC_ARN}:${id}` }));
  const pending = confirmed({ subscriptionArn: 'PendingConfirmation' });
  const codeWith = (others: readonly Subscription[], filterPolicy?: string) => {
    const world = soundWorld({
      subscriptions: { [TOPIC_ARN]: [...(gone ? [gone] : []), ...others] },
      ...(filterPolicy === undefined ? {} : { filterPolicies: { [other?.subscriptionArn ?? '']: { filterPolicy } } }),
    });
    const absent = { kind: 'present', value: null } as const;
    return codeOf(
      verdictOn(replacing(snapshotOf(world), 'subscription-attributes', gone?.subscriptionArn ?? '', absent)),
    );
  };

  it('is nobody, and the others count without it', () => {
    expect(codeWith([])).to.equal('NO_SUBSCRIBER');
    expect(codeWith([pending])).to.equal('SUBSCRIBER_NOT_CONFIRMED');
    expect(codeWith(other ? [other] : [])).to.equal('SATISFIED');
    expect(codeWith(other ? [other] : [], '{"severity":["high"]}')).to.equal('SUBSCRIBER_FILTERED');
  });
});

describe('a single-region trail', () => {
  const homed = (homeRegion: string, includeGlobalServiceEvents: boolean): World =>
    soundWorld({ trails: [trail({ isMultiRegionTrail: false, homeRegion, includeGlobalServiceEvents })] });

  it('sees IAM if its home region is us-east-1 and includes global services', () => {
    expect(codeOf(verdictOn(snapshotOf(homed('us-east-1', true))))).to.equal('SATISFIED');
    expect(codeOf(verdictOn(snapshotOf(homed('us-east-1', false))))).to.equal('TRAIL_WITHOUT_GLOBAL_EVENTS');
    expect(codeOf(verdictOn(snapshotOf(homed('eu-west-1', true))))).to.equal('TRAIL_WITHOUT_GLOBAL_EVENTS');
  });

  for (const [partition, homeRegion, code] of [
    ['aws-us-gov', 'us-gov-west-1', 'SATISFIED'],
    ['aws-us-gov', 'us-gov-east-1', 'TRAIL_GLOBAL_EVENTS_UNKNOWN'],
    ['aws-cn', 'cn-north-1', 'SATISFIED'],
    ['aws-cn', 'cn-northwest-1', 'TRAIL_GLOBAL_EVENTS_UNKNOWN'],
    ['aws-iso', 'us-iso-east-1', 'TRAIL_GLOBAL_EVENTS_UNKNOWN'],
  ] as const) {
    it(`of partition ${partition}, with the home region ${homeRegion}: ${code}`, () => {
      const trailArn = `arn:${partition}:cloudtrail:${homeRegion}:${ACCOUNT}:trail/main`;
      const world = soundWorld({
        trails: [trail({ trailArn, homeRegion, isMultiRegionTrail: false })],
        statuses: { [trailArn]: status() },
        selectors: { [trailArn]: allManagementEvents },
      });
      expect(codeOf(verdictOn(snapshotOf(world)))).to.equal(code);
    });
  }
});

describe('what is required', () => {
  it("may be a pattern of one's own", () => {
    const world = withFilters('{ $.eventName = "StopLogging" }');
    expect(verdictOn(snapshotOf(world), { filterPattern: '{ $.eventName = StopLogging }' }).kind).to.equal('satisfied');
    expect(codeOf(verdictOn(snapshotOf(world)))).to.equal('FILTER_UNRELATED');
  });

  it('is satisfied by a broader filter where `patternMatch` is covers', () => {
    const world = withFilters('{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }');
    expect(verdictOn(snapshotOf(world), { patternMatch: 'covers' }).kind).to.equal('satisfied');
  });

  it('is not more than AWS lets one say: the source that the event always has changes nothing', () => {
    const world = withFilters('{ ($.eventSource = "iam.amazonaws.com") && ($.eventName = "DeactivateMFADevice") }');
    expect(verdictOn(snapshotOf(world)).kind).to.equal('satisfied');
    expect(codeOf(verdictOn(snapshotOf(world), { filterPattern: PATTERN }))).to.equal('FILTER_NARROWER');
  });

  it('of `configured` is what the GSL names: a trail that is switched off, or actions that are, do not matter', () => {
    const off = soundWorld({
      statuses: { [TRAIL_ARN]: status({ isLogging: false, latestCloudWatchLogsDeliveryError: 'Access denied' }) },
      alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ actionsEnabled: false })] },
    });
    expect(verdictOn(snapshotOf(off), { assurance: 'configured' }).kind).to.equal('satisfied');
    expect(verdictOn(snapshotOf(off)).kind).to.equal('broken');
  });
});
