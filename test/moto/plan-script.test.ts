import { join } from 'node:path';

import { expect } from 'chai';

import { remediationDocument } from '../../deploy/generate/remediation/document.ts';
import { describeOnMoto } from './emulator/moto.ts';
import { folderOnPath, runShell } from './emulator/programs.ts';

const [script = ''] = remediationDocument().mainSteps.flatMap(({ inputs }) =>
  'Script' in inputs ? [inputs.Script] : [],
);

/** Asks the script of the document about answers that moto does not give. */
const harness = `
import json, os
scope = {}
exec(os.environ["SCRIPT"], scope)
control = scope["CONTROLS"]["D9.AWS.MON.25"]

class Sns:
    def get_topic_attributes(self, TopicArn):
        statement = dict(Effect="Allow", Principal="*", Action="sns:Publish", Resource=TopicArn)
        return dict(Attributes=dict(Policy=json.dumps(dict(Statement=[statement]))))

class CloudWatch:
    def __init__(self, given):
        self.given = given

    def describe_alarms_for_metric(self, **metric):
        return dict(MetricAlarms=[self.given])

class Account:
    id, region, sns = "123456789012", "eu-west-1", Sns()

    def __init__(self, given):
        self.given, self.cloudwatch = given, CloudWatch(given)

    def filters(self, **of):
        return [self.given]

def ask(given):
    if "filterName" in given:
        return scope["fits"](Account(given), control, given)
    if "AlarmName" in given:
        metric = dict(metricNamespace="Security", metricName="Mfa")
        return scope["find_alarm"](Account(given), control, metric)[0] is not None
    return scope["records"](dict(control, **given["control"]), given["selectors"])

print(json.dumps([ask(given) for given in json.loads(os.environ["GIVEN"])]))
`;

async function ask(given: readonly object[]): Promise<readonly boolean[]> {
  const python = join(folderOnPath('moto_server') ?? '', 'python3');
  const environment = { SCRIPT: script, GIVEN: JSON.stringify(given), HARNESS: harness };
  const { status, stdout, stderr } = await runShell(`exec '${python}' -c "$HARNESS"`, environment);
  expect([status, stderr]).to.deep.equal([0, '']);
  return JSON.parse(stdout) as readonly boolean[];
}

const ours = 'cloudtrail-alarm-mfa-deactivation';
const filter = {
  filterName: 'mfa',
  filterPattern: '{($.eventName=DeactivateMFADevice)}',
  logGroupName: 'trail',
  creationTime: 1,
  metricTransformations: [{ metricNamespace: 'Security', metricName: 'Mfa', metricValue: '1' }],
};
const alarm = {
  ...{
    AlarmName: 'mfa',
    Namespace: 'Security',
    MetricName: 'Mfa',
    ActionsEnabled: true,
    Statistic: 'Sum',
    Period: 300,
  },
  ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
  ...{ TreatMissingData: 'notBreaching', AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alerts'] },
};
const selectors = (change: object, control: object = {}) => ({
  control,
  selectors: {
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [], ...change },
    ],
  },
});
const advanced = (...fields: readonly object[]) => ({
  control: {},
  selectors: {
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields] }],
  },
});
const anySource = { source: '', writesOnly: false };

const cases: readonly (readonly [what: string, given: object, expected: boolean])[] = [
  ['a filter with the text of the control', filter, true],
  [
    'such a filter on a selection of the events',
    { ...filter, fieldSelectionCriteria: '@aws.region = "eu-west-1"' },
    false,
  ],
  ['such a filter with dimensions of fields', { ...filter, emitSystemFieldDimensions: ['@aws.account'] }, false],
  ['such a filter of somebody else with a setting that is not known', { ...filter, newSetting: 'on' }, false],
  [
    'a filter of an earlier run with a setting that is not known',
    { ...filter, filterName: ours, newSetting: 'on' },
    true,
  ],
  [
    'a filter of an earlier run that somebody changed',
    { ...filter, filterName: ours, fieldSelectionCriteria: 'x' },
    false,
  ],
  [
    'a filter that publishes 0',
    { ...filter, metricTransformations: [{ ...filter.metricTransformations[0], metricValue: '0' }] },
    false,
  ],
  [
    'a filter with a default value of 0',
    { ...filter, metricTransformations: [{ ...filter.metricTransformations[0], defaultValue: 0 }] },
    true,
  ],
  [
    'a filter with a default value of 1',
    { ...filter, metricTransformations: [{ ...filter.metricTransformations[0], defaultValue: 1 }] },
    false,
  ],
  ['an alarm that fires on one event', alarm, true],
  ['such an alarm with a unit', { ...alarm, Unit: 'Bytes' }, false],
  ['such an alarm of somebody else with a setting that is not known', { ...alarm, WarmUp: { Minutes: 60 } }, false],
  [
    'an alarm of an earlier run with a setting that is not known',
    { ...alarm, AlarmName: `${ours}-2`, NewState: 'x' },
    true,
  ],
  ['an alarm of an earlier run that somebody gave a unit', { ...alarm, AlarmName: ours, Unit: 'Bytes' }, false],
  ['an alarm whose data could not be evaluated last', { ...alarm, EvaluationState: 'PARTIAL_DATA' }, true],
  ['an alarm with a threshold of 2', { ...alarm, Threshold: 2 }, false],
  ['an alarm without a topic', { ...alarm, AlarmActions: [] }, false],
  ['a selector of all management events', selectors({}), true],
  ['a selector of writes, for a control about writes', selectors({ ReadWriteType: 'WriteOnly' }), true],
  ['a selector of writes, for a control about any call', selectors({ ReadWriteType: 'WriteOnly' }, anySource), false],
  ['a selector of reads', selectors({ ReadWriteType: 'ReadOnly' }), false],
  ['a selector without the events of KMS', selectors({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }), true],
  [
    'the same, for a control about KMS',
    selectors({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, { source: 'kms.amazonaws.com' }),
    false,
  ],
  [
    'the same, for a control about any service',
    selectors({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, anySource),
    false,
  ],
  [
    'a selector that does not say whether it has management events',
    selectors({ IncludeManagementEvents: null }),
    false,
  ],
  ['an advanced selector of management events', advanced(), true],
  [
    'an advanced selector that does not say of which events',
    {
      control: {},
      selectors: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'readOnly', Equals: ['false'] }] }] },
    },
    false,
  ],
  ['an advanced selector of writes', advanced({ Field: 'readOnly', Equals: ['false'] }), true],
  ['an advanced selector of reads', advanced({ Field: 'readOnly', Equals: ['true'] }), false],
  [
    'an advanced selector without another service',
    advanced({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
    true,
  ],
  ['an advanced selector without IAM', advanced({ Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] }), false],
  ['an advanced selector of some users', advanced({ Field: 'userIdentity.arn', StartsWith: ['arn:aws:iam::'] }), false],
];

describeOnMoto('the script that plans the remediation', function () {
  this.timeout(60_000);

  let answers: readonly boolean[] = [];
  before(async () => {
    answers = await ask(cases.map(([, given]) => given));
  });

  for (const [index, [what, , expected]] of cases.entries()) {
    it(`${expected ? 'relies' : 'does not rely'} on ${what}`, () => {
      expect(answers[index]).to.equal(expected);
    });
  }
});
