import { expect } from 'chai';

import { acceptsAlarmMessage } from '../../../src/chain/subscriber/filter-policy.ts';
import { ACCOUNT, alarm, alarmArn } from '../../support/world.ts';

describe('the filter policy of a subscription', () => {
  const body = (policy: unknown) => ({ filterPolicy: JSON.stringify(policy), filterPolicyScope: 'MessageBody' });
  const rows: readonly (readonly [
    claim: string,
    attributes: Parameters<typeof acceptsAlarmMessage>[0],
    is: unknown,
  ])[] = [
    ['that is not there accepts alarms', {}, true],
    ['that is empty accepts them', { filterPolicy: '{}' }, true],
    ['on attributes rejects them, since they have none', { filterPolicy: '{"severity":["high"]}' }, false],
    [
      'on attributes that must not be there rejects them too: a message without any is not matched',
      { filterPolicy: '{"severity":[{"exists":false}]}', filterPolicyScope: 'MessageAttributes' },
      false,
    ],
    ['on the state ALARM accepts them', body({ NewStateValue: ['ALARM'] }), true],
    ['on another state rejects them', body({ NewStateValue: ['OK', 'INSUFFICIENT_DATA'] }), false],
    ['on this alarm accepts it', body({ AlarmName: [{ prefix: 'mfa-' }] }), true],
    ['on its ARN accepts it', body({ AlarmArn: [alarmArn('mfa-alarm')] }), true],
    ['on the end of another name rejects it', body({ AlarmName: [{ suffix: '-test' }] }), false],
    ['on its name in another case accepts it', body({ AlarmName: [{ 'equals-ignore-case': 'MFA-Alarm' }] }), true],
    ['on other accounts rejects it', body({ AWSAccountId: [{ 'anything-but': [ACCOUNT] }] }), false],
    ['on anything but a test accepts it', body({ AlarmName: [{ 'anything-but': { prefix: 'test' } }] }), true],
    ['on a field that is always there accepts it', body({ NewStateValue: [{ exists: true }] }), true],
    ['on the state before is undecided', body({ OldStateValue: ['OK'] }), 'undecided'],
    ['on both states that may be before accepts it', body({ OldStateValue: ['OK', 'INSUFFICIENT_DATA'] }), true],
    ['on a field that is not known beforehand is undecided', body({ Region: ['EU (Ireland)'] }), 'undecided'],
    ['on what is inside a field is undecided', body({ Trigger: { MetricName: ['x'] } }), 'undecided'],
    ['with one certain miss rejects it, whatever else it asks', body({ Region: ['x'], NewStateValue: ['OK'] }), false],
    ['with an operator that is not evaluated is undecided', body({ AlarmName: [{ cidr: '10.0.0.0/8' }] }), 'undecided'],
    ['that is no JSON is undecided', { filterPolicy: '{' }, 'undecided'],
    ['of a scope that is not known is undecided', { filterPolicy: '{"a":["b"]}', filterPolicyScope: 'X' }, 'undecided'],
  ];
  for (const [claim, attributes, is] of rows) {
    it(claim, () => {
      expect(acceptsAlarmMessage(attributes, alarm())).to.equal(is);
    });
  }
});
