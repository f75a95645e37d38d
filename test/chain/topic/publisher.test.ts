import { expect } from 'chai';

import type { AlarmPath, EventRulePath } from '../../../src/chain/base/link.ts';
import { alarmPublisher, rulePublisher } from '../../../src/chain/topic/publisher.ts';
import { EVENT_BUS_ARN, EVENT_REGION, eventRule } from '../../support/worlds/event-world.ts';
import { ACCOUNT, LOG_GROUP_ARN, alarm, alarmArn, filter, trail } from '../../support/worlds/world.ts';

describe('what publishes to a topic', () => {
  it('is an alarm, for which CloudWatch acts', () => {
    const path: AlarmPath = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter(), alarm: alarm() };
    expect(alarmPublisher(path)).to.deep.equal({
      words: 'alarm mfa-alarm',
      arn: alarmArn('mfa-alarm'),
      accountId: ACCOUNT,
      service: 'CloudWatch',
      principal: 'cloudwatch.amazonaws.com',
    });
  });

  it('is a rule, for which EventBridge acts', () => {
    const path: EventRulePath = { trail: trail(), eventRule: { eventBusArn: EVENT_BUS_ARN, rule: eventRule() } };
    expect(rulePublisher(path)).to.deep.equal({
      words: 'rule mfa-rule',
      arn: `arn:aws:events:${EVENT_REGION}:${ACCOUNT}:rule/mfa-rule`,
      accountId: ACCOUNT,
      service: 'EventBridge',
      principal: 'events.amazonaws.com',
    });
  });

  it('belongs to no known account where its ARN cannot be read', () => {
    const path: AlarmPath = { trail: trail(), logGroupArn: LOG_GROUP_ARN, alarm: alarm({ alarmArn: 'mfa-alarm' }) };
    expect(alarmPublisher(path)).to.include({ arn: 'mfa-alarm', accountId: '' });
    const onBus: EventRulePath = { trail: trail(), eventRule: { eventBusArn: 'default', rule: eventRule() } };
    expect(rulePublisher(onBus).accountId).to.equal('');
  });
});
