import { expect } from 'chai';

import { letsThrough } from '../../../src/chain/subscriber/filter-policy.ts';
import { ACCOUNT, alarm, alarmArn } from '../../support/world.ts';

describe('the filter policy of a subscription', () => {
  const body = (policy: unknown) => ({ filterPolicy: JSON.stringify(policy), filterPolicyScope: 'MessageBody' });
  const rows: readonly (readonly [claim: string, attributes: Parameters<typeof letsThrough>[0], is: unknown])[] = [
    ['that is not there lets alarms through', {}, true],
    ['that is empty lets them through', { filterPolicy: '{}' }, true],
    ['on attributes drops them, since they have none', { filterPolicy: '{"severity":["high"]}' }, false],
    [
      'on attributes that must not be there drops them too: a message without any is not matched',
      { filterPolicy: '{"severity":[{"exists":false}]}', filterPolicyScope: 'MessageAttributes' },
      false,
    ],
    ['on the state ALARM lets them through', body({ NewStateValue: ['ALARM'] }), true],
    ['on another state drops them', body({ NewStateValue: ['OK', 'INSUFFICIENT_DATA'] }), false],
    ['on this alarm lets it through', body({ AlarmName: [{ prefix: 'mfa-' }] }), true],
    ['on its ARN lets it through', body({ AlarmArn: [alarmArn('mfa-alarm')] }), true],
    ['on the end of another name drops it', body({ AlarmName: [{ suffix: '-test' }] }), false],
    ['on its name in another case lets it through', body({ AlarmName: [{ 'equals-ignore-case': 'MFA-Alarm' }] }), true],
    ['on other accounts drops it', body({ AWSAccountId: [{ 'anything-but': [ACCOUNT] }] }), false],
    ['on anything but a test lets it through', body({ AlarmName: [{ 'anything-but': { prefix: 'test' } }] }), true],
    ['on a field that is always there lets it through', body({ NewStateValue: [{ exists: true }] }), true],
    ['on the state before cannot be told', body({ OldStateValue: ['OK'] }), 'undecided'],
    ['on both states that may be before lets it through', body({ OldStateValue: ['OK', 'INSUFFICIENT_DATA'] }), true],
    ['on a field that is not known beforehand cannot be told', body({ Region: ['EU (Ireland)'] }), 'undecided'],
    ['on what is inside a field cannot be told', body({ Trigger: { MetricName: ['x'] } }), 'undecided'],
    ['with one certain miss drops it, whatever else it asks', body({ Region: ['x'], NewStateValue: ['OK'] }), false],
    [
      'with an operator that is not followed cannot be told',
      body({ AlarmName: [{ cidr: '10.0.0.0/8' }] }),
      'undecided',
    ],
    ['that is no JSON cannot be told', { filterPolicy: '{' }, 'undecided'],
    [
      'of a scope that is not known cannot be told',
      { filterPolicy: '{"a":["b"]}', filterPolicyScope: 'X' },
      'undecided',
    ],
  ];
  for (const [claim, attributes, is] of rows) {
    it(claim, () => {
      expect(letsThrough(attributes, alarm())).to.equal(is);
    });
  }
});
