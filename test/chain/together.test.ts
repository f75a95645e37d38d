import { expect } from 'chai';

import { codeOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  topicAttributes,
} from '../support/worlds/world.ts';

const FAILED = '{ ($.eventName = DeactivateMFADevice) && ($.errorCode = "*") }';
const DONE = '{ ($.eventName = DeactivateMFADevice) && (($.errorCode NOT EXISTS) || ($.errorCode IS NULL)) }';
const NOT_DENIED = '{ ($.eventName = DeactivateMFADevice) && ($.errorCode != AccessDenied) }';
const SECOND_TOPIC = `${TOPIC_ARN}-2`;

/** Two filters with a metric and an alarm each, which notify a topic each. */
const two = (second: string, change: { events?: readonly [number, number]; subscribed?: boolean } = {}): World => {
  const { events: [first, other] = [1, 1], subscribed = true } = change;
  const publishing = (metricName: string) => [{ metricNamespace: 'Security', metricName, metricValue: '1' }];
  return soundWorld({
    filters: {
      [LOG_GROUP_ARN]: [
        filter({ filterName: 'failed', filterPattern: FAILED, metricTransformations: publishing('Failed') }),
        filter({ filterName: 'done', filterPattern: second, metricTransformations: publishing('Done') }),
      ],
    },
    alarms: {
      [`${ACCOUNT} ${REGION}`]: [
        alarm({ alarmName: 'failed', metricName: 'Failed', threshold: first }),
        alarm({ alarmName: 'done', metricName: 'Done', threshold: other, alarmActions: [SECOND_TOPIC] }),
      ],
    },
    subscriptions: {
      [TOPIC_ARN]: [confirmed()],
      [SECOND_TOPIC]: subscribed ? [confirmed({ subscriptionArn: `${SECOND_TOPIC}:1` })] : [],
    },
    topics: { [TOPIC_ARN]: topicAttributes(), [SECOND_TOPIC]: topicAttributes(SECOND_TOPIC) },
  });
};
const covers = { patternMatch: 'covers' };

describe('several filters', () => {
  it('cover a control together that none carries alone, and the verdict lists the chain of each', () => {
    const verdict = verdictOn(snapshotOf(two(DONE)), covers);
    expect(verdict.kind).to.equal('satisfied');
    expect(verdict.chains.map(({ path }) => path.filter?.filterName)).to.deep.equal(['done', 'failed']);
    expect(verdict.chains[0].links.find(({ link }) => link === 'metric filter')?.subject).to.match(/, with failed$/);
  });

  it('do not where the same filter is asked for', () => {
    expect(codeOf(verdictOn(snapshotOf(two(DONE))))).to.equal('FILTER_NARROWER');
  });

  it('that leave a gap do not, and an event that falls through is shown', () => {
    const verdict = verdictOn(snapshotOf(two(NOT_DENIED)), covers);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'FILTERS_LEAVE_GAP']);
    const [nearest] = verdict.chains;
    const event: unknown = JSON.parse((nearest.outcome === 'broken' ? nearest.finding.event : undefined) ?? '{}');
    expect(event).to.include({ eventName: 'DeactivateMFADevice' });
    expect(event).to.satisfy(
      ({ errorCode }: { errorCode?: unknown }) => (errorCode ?? 'AccessDenied') === 'AccessDenied',
    );
  });

  it('of which one reaches nobody do not, and an event that only it catches is shown', () => {
    const verdict = verdictOn(snapshotOf(two(DONE, { subscribed: false })), covers);
    expect(verdict.kind).to.equal('broken');
    const gap = verdict.chains.find(
      (chain) => chain.outcome === 'broken' && chain.finding.code === 'FILTERS_LEAVE_GAP',
    );
    expect(gap?.outcome === 'broken' && gap.finding.sentence).to.match(/^metric filters failed miss /);
  });

  it('may need a number of events together: one less than makes each fire, and one more', () => {
    const asked = (maxEventsToAlarm: number) =>
      verdictOn(snapshotOf(two(DONE, { events: [2, 3] })), { ...covers, maxEventsToAlarm: String(maxEventsToAlarm) });
    expect(asked(4).kind).to.equal('satisfied');
    expect(asked(3).kind).not.to.equal('satisfied');
  });

  it('of which one is not known to reach anybody are not known to cover it', () => {
    const world = {
      ...two(DONE),
      topics: { [TOPIC_ARN]: topicAttributes(), [SECOND_TOPIC]: topicAttributes(SECOND_TOPIC, { policy: '' }) },
    };
    const verdict = verdictOn(snapshotOf(world), covers);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'FILTERS_UNCERTAIN_TOGETHER']);
  });
});
