import { expect } from 'chai';

import { acceptsAlarmMessage, acceptsEvent } from '../../../src/chain/subscriber/filter-policy.ts';
import { ACCOUNT, alarm, alarmArn, compositeAlarm } from '../../support/worlds/world.ts';

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
    ['on a property that is not known beforehand is undecided', body({ Region: ['EU (Ireland)'] }), 'undecided'],
    ['on the presence of such a property accepts it', body({ Region: [{ exists: true }] }), true],
    ['on the absence of such a property rejects it', body({ Region: [{ exists: false }] }), false],
    ['on a property that is not documented is undecided', body({ Team: [{ exists: false }] }), 'undecided'],
    ['on the metric accepts it', body({ Trigger: { MetricName: ['MfaDeactivated'] } }), true],
    ['on another metric rejects it', body({ Trigger: { MetricName: ['CPUUtilization'] } }), false],
    ['on the namespace accepts it', body({ Trigger: { Namespace: [{ prefix: 'Sec' }] } }), true],
    ['on another namespace rejects it', body({ Trigger: { Namespace: ['AWS/EC2'] } }), false],
    ['on the period accepts it', body({ Trigger: { Period: [300] } }), true],
    [
      'on the period within bounds accepts it',
      body({ Trigger: { Period: [{ numeric: ['>', 60, '<=', 300] }] } }),
      true,
    ],
    ['on the period out of bounds rejects it', body({ Trigger: { Period: [{ numeric: ['<', 300] }] } }), false],
    ['on the threshold accepts it', body({ Trigger: { Threshold: [{ numeric: ['=', 1] }] } }), true],
    ['on another threshold rejects it', body({ Trigger: { Threshold: [{ numeric: ['>=', 2] }] } }), false],
    ['on anything but another period accepts it', body({ Trigger: { Period: [{ 'anything-but': [60] }] } }), true],
    ['on the period as a text is undecided', body({ Trigger: { Period: ['300'] } }), 'undecided'],
    ['on a number for a text is undecided', body({ NewStateValue: [1] }), 'undecided'],
    ['on bounds of a text is undecided', body({ AlarmName: [{ numeric: ['=', 1] }] }), 'undecided'],
    ['on odd bounds is undecided', body({ Trigger: { Period: [{ numeric: ['>'] }] } }), 'undecided'],
    ['on bounds that are no list is undecided', body({ Trigger: { Period: [{ numeric: 300 }] } }), 'undecided'],
    ['on no bounds is undecided', body({ Trigger: { Period: [{ numeric: [] }] } }), 'undecided'],
    [
      'on bounds of which the last has no number is undecided, even if another is missed',
      body({ Trigger: { Period: [{ numeric: ['<', 300, '>'] }] } }),
      'undecided',
    ],
    ['on a bound that is a text is undecided', body({ Trigger: { Period: [{ numeric: ['=', '300'] }] } }), 'undecided'],
    ['on a condition of no form is undecided', body({ AlarmName: [null] }), 'undecided'],
    ['on an empty condition is undecided', body({ AlarmName: [{}] }), 'undecided'],
    ['on a prefix that is no text is undecided', body({ AlarmName: [{ prefix: 1 }] }), 'undecided'],
    ['on a prefix of a number is undecided', body({ Trigger: { Period: [{ prefix: '3' }] } }), 'undecided'],
    ['on existence that is no boolean is undecided', body({ AlarmName: [{ exists: 'yes' }] }), 'undecided'],
    [
      'on the name of another alarm in another case rejects it',
      body({ AlarmName: [{ 'equals-ignore-case': 'CPU' }] }),
      false,
    ],
    ['on unknown bounds is undecided', body({ Trigger: { Period: [{ numeric: ['~', 1] }] } }), 'undecided'],
    ['on the operator accepts it', body({ Trigger: { ComparisonOperator: [{ suffix: 'Threshold' }] } }), true],
    [
      'on the statistic, whose spelling is not documented, is undecided',
      body({ Trigger: { Statistic: ['SUM'] } }),
      'undecided',
    ],
    ['on a property of a text is undecided', body({ AlarmName: { first: ['x'] } }), 'undecided'],
    ['on the presence of an object is undecided', body({ Trigger: [{ exists: true }] }), 'undecided'],
    ['on an unset setting of the alarm is undecided', body({ Trigger: { DatapointsToAlarm: [1] } }), 'undecided'],
    ['on the topic among the actions accepts it', body({ AlarmActions: [{ suffix: ':security-alerts' }] }), true],
    ['on other actions rejects it', body({ AlarmActions: [{ prefix: 'arn:aws:ssm' }] }), false],
    ['on anything but some actions is undecided', body({ AlarmActions: [{ 'anything-but': ['x'] }] }), 'undecided'],
    ['on actions that exist accepts it', body({ AlarmActions: [{ exists: true }] }), true],
    ['on actions that do not exist rejects it', body({ AlarmActions: [{ exists: false }] }), false],
    [
      'on existence beside another operator is undecided',
      body({ AlarmActions: [{ exists: true, prefix: 'arn' }] }),
      'undecided',
    ],
    ['on actions of no form is undecided', body({ AlarmActions: [null] }), 'undecided'],
    ['with a wildcard accepts a match', body({ AlarmName: [{ wildcard: 'mfa*rm' }] }), true],
    ['with a wildcard rejects another name', body({ AlarmName: [{ wildcard: '*cpu*' }] }), false],
    ['with a question mark means itself', body({ AlarmName: [{ wildcard: 'mfa?alarm' }] }), false],
    ['with a backslash in a wildcard is undecided', body({ AlarmName: [{ wildcard: 'mfa\\*' }] }), 'undecided'],
    [
      'with anything but a wildcard rejects a match',
      body({ AlarmName: [{ 'anything-but': { wildcard: 'mfa*' } }] }),
      false,
    ],
    ['with anything but nothing is undecided', body({ AlarmName: [{ 'anything-but': [] }] }), 'undecided'],
    [
      'with alternatives accepts one that matches',
      body({ $or: [{ AlarmName: ['x'] }, { NewStateValue: ['ALARM'] }] }),
      true,
    ],
    [
      'with alternatives rejects where none matches',
      body({ $or: [{ AlarmName: ['x'] }, { NewStateValue: ['OK'] }] }),
      false,
    ],
    [
      'with alternatives for every state before accepts each',
      body({ $or: [{ OldStateValue: ['OK'] }, { OldStateValue: ['INSUFFICIENT_DATA'] }] }),
      true,
    ],
    ['with one alternative means a property', body({ $or: [{ NewStateValue: ['ALARM'] }] }), 'undecided'],
    [
      'with alternatives named like operators means a property',
      body({ $or: [{ prefix: ['x'] }, { NewStateValue: ['ALARM'] }] }),
      'undecided',
    ],
    [
      'with an alternative whose names are operators and others means a property',
      body({ $or: [{ cidr: ['x'], Region: ['x'] }, { NewStateValue: ['ALARM'] }] }),
      'undecided',
    ],
    [
      'with an alternative that is no object means a property',
      body({ $or: ['x', { NewStateValue: ['ALARM'] }] }),
      'undecided',
    ],
    [
      'on alternatives under another name is undecided',
      body({ Either: [{ NewStateValue: ['OK'] }, { NewStateValue: ['INSUFFICIENT_DATA'] }] }),
      'undecided',
    ],
    ['on properties of a property that is not known is undecided', body({ Team: { Name: ['x'] } }), 'undecided'],
    [
      'with alternatives within a property accepts it',
      body({ Trigger: { $or: [{ Period: [60] }, { Period: [300] }] } }),
      true,
    ],
    [
      'with two operators in one condition is undecided',
      body({ AlarmName: [{ prefix: 'mfa', suffix: 'x' }] }),
      'undecided',
    ],
    [
      'with an unknown operator that every object has is undecided',
      body({ AlarmName: [{ toString: 'x' }] }),
      'undecided',
    ],
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

  it('on the presence of a documented property that is not empty accepts an alarm, and on the absence rejects it', () => {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#alarm-sns-schema
    const ofMessage = [
      ...['AlarmName', 'AWSAccountId', 'AlarmConfigurationUpdatedTimestamp', 'NewStateValue'],
      ...['NewStateReason', 'StateChangeTime', 'Region', 'AlarmArn', 'OldStateValue', 'AlarmActions'],
    ];
    const ofTrigger = [
      ...['MetricName', 'Namespace', 'StatisticType', 'Statistic', 'Period', 'EvaluationPeriods'],
      ...['DatapointsToAlarm', 'ComparisonOperator', 'Threshold'],
    ];
    const one = alarm({ datapointsToAlarm: 1 });
    for (const exists of [true, false]) {
      for (const name of ofMessage) {
        expect(acceptsAlarmMessage(body({ [name]: [{ exists }] }), one), name).to.equal(exists);
      }
      for (const name of ofTrigger) {
        expect(acceptsAlarmMessage(body({ Trigger: { [name]: [{ exists }] } }), one), name).to.equal(exists);
      }
    }
  });

  it('on the presence or absence of what may be null or empty is undecided', () => {
    // https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html: "a non-null and non-empty value"
    for (const exists of [true, false]) {
      for (const name of ['AlarmDescription', 'OKActions', 'InsufficientDataActions']) {
        expect(acceptsAlarmMessage(body({ [name]: [{ exists }] }), alarm()), name).to.equal('undecided');
      }
      // The alarm does not say how many datapoints it needs, and has no dimensions.
      for (const name of ['Dimensions', 'DatapointsToAlarm', 'TreatMissingData']) {
        expect(acceptsAlarmMessage(body({ Trigger: { [name]: [{ exists }] } }), alarm()), name).to.equal('undecided');
      }
      const onPercentile = alarm({ extendedStatistic: 'p90' });
      delete (onPercentile as { statistic?: string }).statistic;
      const ofStatistic = body({ Trigger: { Statistic: [{ exists }] } });
      expect(acceptsAlarmMessage(ofStatistic, onPercentile)).to.equal('undecided');
    }
  });

  it('on actions is undecided for an alarm that has none', () => {
    const silent = alarm({ alarmActions: [] });
    expect(acceptsAlarmMessage(body({ AlarmActions: [{ exists: true }] }), silent)).to.equal('undecided');
    expect(acceptsAlarmMessage(body({ AlarmActions: [{ exists: false }] }), silent)).to.equal('undecided');
  });

  it('compares the period with each kind of bound', () => {
    const accepts = (comparison: string) =>
      [299, 300, 301].map((bound) =>
        acceptsAlarmMessage(body({ Trigger: { Period: [{ numeric: [comparison, bound] }] } }), alarm({ period: 300 })),
      );
    expect(accepts('=')).to.deep.equal([false, true, false]);
    expect(accepts('<')).to.deep.equal([false, false, true]);
    expect(accepts('<=')).to.deep.equal([false, true, true]);
    expect(accepts('>')).to.deep.equal([true, false, false]);
    expect(accepts('>=')).to.deep.equal([true, true, false]);
  });

  it('of a subscription to what a rule sends accepts it only where there is none', () => {
    const accepts = (filterPolicy: string) => acceptsEvent({ filterPolicy });
    expect(acceptsEvent({})).to.equal(true);
    expect(accepts('{}')).to.equal(true);
    expect(accepts('{"source":["aws.iam"]}')).to.equal('undecided');
    expect(accepts('[]')).to.equal('undecided');
    expect(accepts('{')).to.equal('undecided');
  });

  it('on the metric of an alarm on metric math is undecided, as its message is not documented', () => {
    const math = alarm({ metrics: [{ id: 'm1', expression: 'FILL(m2, 0)' }] });
    const withoutMetric = alarm();
    delete (withoutMetric as { namespace?: string }).namespace;
    const withoutName = alarm();
    delete (withoutName as { metricName?: string }).metricName;
    expect(acceptsAlarmMessage(body({ Trigger: { MetricName: ['X'] } }), withoutName)).to.equal('undecided');
    const policy = body({ Trigger: { Namespace: ['Security'] } });
    expect(acceptsAlarmMessage(policy, math)).to.equal('undecided');
    expect(acceptsAlarmMessage(policy, withoutMetric)).to.equal('undecided');
    const anyNamespace = body({ Trigger: { Namespace: [{ exists: true }] } });
    for (const one of [math, withoutMetric, withoutName]) {
      expect(acceptsAlarmMessage(anyNamespace, one)).to.equal('undecided');
    }
  });

  it('of a composite alarm knows its rule, and that it has no trigger', () => {
    const composite = compositeAlarm();
    expect(acceptsAlarmMessage(body({ AlarmRule: ['ALARM("mfa-alarm")'] }), composite)).to.equal(true);
    expect(acceptsAlarmMessage(body({ Trigger: { Period: [300] } }), composite)).to.equal(false);
    expect(acceptsAlarmMessage(body({ Trigger: [{ exists: false }] }), composite)).to.equal(true);
    expect(acceptsAlarmMessage(body({ Trigger: { Period: [{ exists: false }] } }), composite)).to.equal(true);
    expect(acceptsAlarmMessage(body({ TriggeringChildren: [{ exists: true }] }), composite)).to.equal('undecided');
  });

  it('on the account of an alarm whose ARN names none is undecided', () => {
    const unnamed = alarm({ alarmArn: 'mfa-alarm' });
    expect(acceptsAlarmMessage(body({ AWSAccountId: [ACCOUNT] }), unnamed)).to.equal('undecided');
  });
});
