import { expect } from 'chai';

import { assess } from '../../src/assess.ts';
import type { ReasonCode } from '../../src/chain/reasons.ts';
import { liveSource } from '../../src/cli/live-source.ts';
import { mending } from '../../src/repair/mending.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { remediate } from '../support/remediating.ts';
import { deploy } from './deploy.ts';
import type { Moto } from './moto.ts';
import { MOTO_ACCOUNT, motoMissing, motoOrSkip } from './moto.ts';
import { emulatorEnvironment, isOnPath, runShell } from './programs.ts';
import type { MotoWorld } from './world.ts';
import { buildInMoto, soundMotoWorld } from './world.ts';

interface Fault {
  readonly change: Partial<MotoWorld>;
  readonly raw?: Readonly<Record<string, string>>;
}

const TOPIC = `arn:aws:sns:eu-west-1:${MOTO_ACCOUNT}:security-alerts`;
const alarms = (...changes: MotoWorld['alarms']): Fault => ({ change: { alarms: changes } });
const filters = (...patterns: readonly string[]): Fault => ({
  change: { filters: patterns.map((pattern) => ({ pattern })) },
});
const basic = (ReadWriteType: string, ExcludeManagementEventSources: readonly string[] = []): Fault => ({
  change: {
    selectors: { EventSelectors: [{ ReadWriteType, IncludeManagementEvents: true, ExcludeManagementEventSources }] },
  },
});
const advanced = (...fields: readonly object[]): Fault => ({
  change: {
    selectors: {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields] }],
    },
  },
});
const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const policy = (...statements: readonly object[]): Fault => ({
  change: { topicAttributes: { Policy: policyOf(...statements) } },
});
/** Two filters, for failed events and for others, each with its own metric and alarm. */
const inParts = (others: string): Fault => ({
  change: {
    filters: [
      ['Failed', '($.errorCode = "*")'],
      ['Others', others],
    ].map(([metricName = '', condition]) => ({
      pattern: `{ ($.eventName = DeactivateMFADevice) && ${condition} }`,
      transformation: { metricName },
    })),
    alarms: ['Failed', 'Others'].map((MetricName) => ({ MetricName })),
  },
  raw: { patternMatch: 'covers' },
});
const key = (...statements: readonly object[]): Fault => ({
  change: { keyPolicy: policyOf(...statements) },
});
const fifo = (...subscribers: MotoWorld['subscribers']): Fault => ({
  change: {
    topicName: 'alerts.fifo',
    topicAttributes: { FifoTopic: 'true' },
    alarms: [{ AlarmActions: [TOPIC.replace('security-alerts', 'alerts.fifo')] }],
    subscribers,
  },
});
const filtered = (attributes: Readonly<Record<string, string>>): Fault => ({
  change: { subscribers: [{ protocol: 'https', endpoint: 'https://example.com/pager', attributes }] },
});
const forEvents = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TOPIC,
};

/** For each reason that commands mend an account in moto with this fault. */
const faults: Partial<Record<ReasonCode, Fault>> = {
  TRAIL_DROPS_EVENTS: advanced({ Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:iam::'] }),
  TRAIL_WITHOUT_EVENTS: basic('ReadOnly'),
  TRAIL_SELECTORS_UNCERTAIN: advanced({ Field: 'vpcEndpointId', Equals: ['vpce-1'] }),
  TRAIL_NOT_LOGGING: { change: { isLogging: false } },
  TRAIL_NOT_MULTI_REGION: {
    change: { isMultiRegion: false },
    raw: { requireMultiRegionTrail: 'true', assurance: 'configured' },
  },
  TRAIL_WITHOUT_GLOBAL_EVENTS: { change: { isMultiRegion: false } },
  LOG_GROUP_GONE: { change: { logGroup: 'gone', filters: [] } },
  LOG_GROUP_NOT_SET: { change: { logGroup: 'not set' } },
  NO_METRIC_FILTER: filters(),
  FILTER_NARROWER: filters('{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }'),
  FILTER_BROADER: filters('{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }'),
  FILTER_DIFFERENT: filters(
    '{ (($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root)) || ($.eventName = EnableMFADevice) }',
  ),
  FILTER_NEVER_MATCHES: filters('{ ($.eventName = DeactivateMFADevice) && ($.eventName = EnableMFADevice) }'),
  FILTER_UNRELATED: filters('{ $.eventName = ConsoleLogin }'),
  FILTER_UNDECIDED: filters('{ ($.eventName = DeactivateMFADevice) && ($.readOnly = "false") }'),
  FILTERS_LEAVE_GAP: inParts('($.errorCode != AccessDenied)'),
  NO_ALARM: alarms(),
  ALARM_OTHER_NAMESPACE: alarms({ Namespace: 'CISBenchmark' }),
  ALARM_OTHER_DIMENSIONS: alarms({ Dimensions: [{ Name: 'Team', Value: 'a' }] }),
  ALARM_WITHOUT_ACTION: alarms({ AlarmActions: [] }),
  ALARM_WITHOUT_SNS_ACTION: alarms({ AlarmActions: [`arn:aws:lambda:eu-west-1:${MOTO_ACCOUNT}:function:page`] }),
  ALARM_ACTIONS_DISABLED: alarms({ ActionsEnabled: false }),
  ALARM_TOO_SLOW: {
    ...alarms({ Period: 3600, EvaluationPeriods: 3, TreatMissingData: 'missing' }),
    raw: { maxAlarmDelayMinutes: '90' },
  },
  ALARM_NEEDS_MORE_EVENTS: alarms({ Threshold: 3 }),
  ALARM_LATCHES: alarms({ TreatMissingData: 'ignore' }),
  ALARM_RESTS_IN_ALARM: alarms({ TreatMissingData: 'breaching' }),
  ALARM_NEVER_RINGS: alarms({ Unit: 'Bytes' }),
  ALARM_UNCERTAIN: alarms({ Period: 86_400 }),
  TOPIC_REFUSES_ALARM: policy(forEvents),
  TOPIC_POLICY_UNCERTAIN: policy({
    ...forEvents,
    Principal: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  }),
  TOPIC_KEY_UNUSABLE: { change: { topicAttributes: { KmsMasterKeyId: 'alias/aws/sns' } } },
  TOPIC_KEY_REFUSES_ALARM: key({
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'kms:*',
    Resource: '*',
  }),
  TOPIC_KEY_UNCERTAIN: key({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${MOTO_ACCOUNT}:root` },
    Action: 'kms:*',
    Resource: '*',
  }),
  TOPIC_KEY_OFF: {
    change: {
      ...key({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'kms:*', Resource: '*' })
        .change,
      keyIsDisabled: true,
    },
  },
  TOPIC_TYPE_UNFIT: fifo({ protocol: 'https', endpoint: 'https://example.com/pager' }),
  TOPIC_FIFO_UNCERTAIN: fifo({ protocol: 'sqs', endpoint: `arn:aws:sqs:eu-west-1:${MOTO_ACCOUNT}:queue.fifo` }),
  TOPIC_IN_OTHER_REGION: {
    change: { topicRegion: 'us-east-1', alarms: [{ AlarmActions: [TOPIC.replace('eu-west-1', 'us-east-1')] }] },
  },
  TOPIC_GONE: { change: { topic: 'gone' } },
  NO_SUBSCRIBER: { change: { subscribers: [] } },
  SUBSCRIBER_FILTERED: filtered({ FilterPolicy: '{"severity":["high"]}' }),
  SUBSCRIBER_FILTER_UNCERTAIN: filtered({
    FilterPolicy: '{"NewStateReason":[{"prefix":"Threshold"}]}',
    FilterPolicyScope: 'MessageBody',
  }),
  SUBSCRIBER_NOT_CONFIRMED: { change: { subscribers: [{ protocol: 'email', endpoint: 'somebody@example.com' }] } },
};

/** What cannot be built in moto, and is tried elsewhere: there it is planned and judged, but nothing is run. */
const notInMoto: Partial<Record<ReasonCode, string>> = {
  TRAIL_GLOBAL_EVENTS_UNKNOWN: 'a partition of which it is not documented',
  FILTER_MAY_BE_BLIND: 'moto drops the settings of a filter that make it blind',
  ALARM_NOT_COMPUTED: 'moto has no composite alarms',
  ALARM_RULE_NOT_MET: 'moto has no composite alarms',
  ALARM_SUPPRESSED: 'moto has no composite alarms',
};

/** Each call of the AWS CLI takes a second, so all reasons are tried by the gate, and elsewhere only what needs all steps. */
const always: readonly ReasonCode[] = ['NO_METRIC_FILTER'];
const tried = process.env['EVERY_REASON'] ? (Object.keys(faults) as readonly ReasonCode[]) : always;

const reason = motoMissing === undefined ? '' : ` (skipped: ${motoMissing})`;

describe(`the repair, run by the AWS CLI against moto${reason}`, function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  const before_ = { ...process.env };
  before(async function () {
    moto = await motoOrSkip(this);
    Object.assign(process.env, emulatorEnvironment(moto.url, 'eu-west-1'));
    delete process.env['AWS_ENDPOINT_URL'];
  });
  after(async () => {
    process.env = before_;
    await moto?.stop();
  });
  beforeEach(() => moto!.reset());

  const live = () => ['--endpoint-url', moto!.url, '--region', 'eu-west-1'];
  const judged = async (raw: Readonly<Record<string, string>> = {}) => {
    const parameters = parametersOf(raw);
    const source = liveSource({ endpointUrl: moto!.url }, 'eu-west-1', parameters.options);
    return (await assess(await source.open(), parameters)).verdict;
  };
  const options = (raw: Readonly<Record<string, string>> = {}) =>
    Object.entries(raw).flatMap(([name, value]) => [`--${name}`, value]);

  for (const code of tried) {
    it(`of ${code} leads to a chain that holds, and leaves nothing to do`, async () => {
      const { change, raw } = faults[code] ?? { change: {} };
      await buildInMoto(moto!, { ...soundMotoWorld, ...change });
      expect(codeOf(await judged(raw))).to.equal(code);

      const repair = await remediate(...live(), ...options(raw), '--email', 'oncall@example.com');
      expect([repair.code, repair.err]).to.deep.equal([0, '']);
      const { status, stderr } = await runShell(repair.out, emulatorEnvironment(moto!.url, 'eu-west-1'));
      expect([stderr, status]).to.deep.equal(['', 0]);
      moto!.confirmSubscriptions();

      expect(codeOf(await judged({ ...raw, assurance: 'working' }))).to.equal('SATISFIED');
      const again = await remediate(...live(), ...options(raw));
      expect(again).to.deep.equal({ code: 0, out: '', err: 'Nothing to do: a chain holds from end to end.\n' });
      expect(moto!.unknown).to.deep.equal([]);
    });
  }

  it('is tried for every reason that commands mend, if moto can be brought to it', () => {
    const mended = Object.entries(mending).flatMap(([code, { by }]) => (by === 'commands' ? [code] : []));
    expect([...Object.keys(faults), ...Object.keys(notInMoto)].sort()).to.deep.equal(mended.sort());
  });

  if (isOnPath('cfn-lint')) {
    it('as a CloudFormation template passes cfn-lint, and deployed has the same effect', async () => {
      await buildInMoto(moto!, { ...soundMotoWorld, filters: [], alarms: [] });
      const repair = await remediate(...live(), '--as', 'cloudformation', '--email', 'oncall@example.com');
      expect([repair.code, repair.err]).to.deep.equal([0, '']);
      const { status, stdout } = await runShell(
        `file=$(mktemp); cat >"$file" <<'EOF'\n${repair.out}EOF\ncfn-lint -t "$file"; rm "$file"`,
        {},
      );
      expect([stdout, status]).to.deep.equal(['', 0]);
      await deploy(moto!, repair.out);
      moto!.confirmSubscriptions();
      expect(codeOf(await judged())).to.equal('SATISFIED');
    });
  }
});
