import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import type { PartKey } from '../../../src/inventory/model.ts';
import type { AlarmAction } from '../../../src/inventory/resources.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { codeOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  REGION,
  TOPIC_ARN,
  alarm,
  denied,
  replacing,
  snapshotOf,
  soundWorld,
  topicAttributes,
  withAlarms,
} from '../../support/worlds/world.ts';

const ALARM_ID = `${ACCOUNT} ${REGION} mfa-alarm`;

const action = (summary: string, change: Partial<AlarmAction> = {}): AlarmAction => ({
  timestamp: '2026-11-19T10:00:00.000Z',
  summary,
  ...change,
});
const succeeded = action(`Successfully executed action ${TOPIC_ARN}`);
/** AWS's words, as its knowledge base gives them: https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger */
const refused = action(
  `Failed to execute action ${TOPIC_ARN}. Received error: "Resource: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:mfa-alarm is not authorized to perform: SNS:Publish on resource: ${TOPIC_ARN}"`,
);
const keyRefused = action(
  `Failed to execute action ${TOPIC_ARN}. Received error: "CloudWatch Alarms does not have authorization to access the SNS topic encryption key."`,
);
const at = (hour: number, one: AlarmAction) => ({ ...one, timestamp: `2026-11-19T${String(hour)}:00:00.000Z` });

const code = (
  history: readonly AlarmAction[],
  change: Partial<World> = {},
  raw: Readonly<Record<string, unknown>> = {},
) => codeOf(verdictOn(snapshotOf(soundWorld({ ...change, histories: { [ALARM_ID]: history } })), raw));

describe('the history of an alarm', () => {
  const condition = { StringEquals: { 'aws:SourceOrgID': 'o-1' } };
  const allow = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' };
  const doubtful = topicAttributes(TOPIC_ARN, {
    policy: JSON.stringify({ Statement: [{ ...allow, Resource: TOPIC_ARN, Condition: condition }] }),
  });
  const refusing = topicAttributes(TOPIC_ARN, { policy: JSON.stringify({ Statement: [] }) });

  const rows: readonly (readonly [claim: string, history: readonly AlarmAction[], is: string])[] = [
    ['without any action says nothing', [], 'SATISFIED'],
    ['with a success says that it works', [succeeded], 'SATISFIED'],
    ['with a refusal by the topic breaks the chain', [refused], 'TOPIC_ACTION_FAILED'],
    ['with a refusal by the key breaks the chain', [keyRefused], 'TOPIC_ACTION_FAILED'],
    ['counts its last action, here a success', [at(11, succeeded), at(10, refused)], 'SATISFIED'],
    [
      'counts its last action, here a failure, in whatever order',
      [at(10, succeeded), at(11, refused)],
      'TOPIC_ACTION_FAILED',
    ],
    ['counts actions on this topic only', [action(`Failed to execute action ${TOPIC_ARN}-2`)], 'SATISFIED'],
    [
      'is read by its data where there is some',
      [action('Something new', { actionState: 'Failed', notificationResource: TOPIC_ARN, error: 'denied' })],
      'TOPIC_ACTION_FAILED',
    ],
    ['counts no action on something else', [action('Started to scale', { actionState: 'Failed' })], 'SATISFIED'],
    ['that denies a failure says nothing', [action(`Never Failed to execute action ${TOPIC_ARN}`)], 'SATISFIED'],
    ['with a text that is not known says nothing', [action(`Perhaps executed action ${TOPIC_ARN}`)], 'SATISFIED'],
  ];
  for (const [claim, history, is] of rows) {
    it(claim, () => {
      expect(code(history)).to.equal(is);
    });
  }

  it('is quoted where the action failed, with the error if the text does not name it', () => {
    const quoted = (last: AlarmAction) => {
      const [chain] = verdictOn(snapshotOf(soundWorld({ histories: { [ALARM_ID]: [last] } }))).chains;
      return chain.outcome === 'broken' ? chain.finding.sentence.replace(/^.* failed: /, '') : chain.outcome;
    };
    const bare = `Failed to execute action ${TOPIC_ARN}`;
    expect(quoted(action(bare, { error: 'AuthorizationError' }))).to.equal(`${bare}: AuthorizationError`);
    expect(quoted(action(bare))).to.equal(bare);
    expect(quoted({ ...keyRefused, error: 'AuthorizationError' })).to.equal(keyRefused.summary);
  });

  it('settles a doubt about the policy of the topic by a success', () => {
    expect(code([], { topics: { [TOPIC_ARN]: doubtful } })).to.equal('TOPIC_POLICY_UNCERTAIN');
    expect(code([succeeded], { topics: { [TOPIC_ARN]: doubtful } })).to.equal('SATISFIED');
    const byData = action('Something new', { actionState: 'Succeeded', notificationResource: TOPIC_ARN });
    expect(code([byData], { topics: { [TOPIC_ARN]: doubtful } })).to.equal('SATISFIED');
    const unclear = action(`Not Successfully executed action ${TOPIC_ARN}`);
    expect(code([unclear], { topics: { [TOPIC_ARN]: doubtful } })).to.equal('TOPIC_POLICY_UNCERTAIN');
  });

  it('settles a doubt about the key of the topic by a success', () => {
    const encrypted = soundWorld({
      topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'own' }) },
      keys: { [`${ACCOUNT} ${REGION} own`]: null },
      histories: { [ALARM_ID]: [succeeded] },
    });
    const unreadable = replacing(
      snapshotOf(encrypted),
      'key',
      `${ACCOUNT} ${REGION} own`,
      denied('kms', 'GetKeyPolicy'),
    );
    expect(codeOf(verdictOn(unreadable))).to.equal('SATISFIED');
    const without = replacing(unreadable, 'alarm-history', ALARM_ID, { kind: 'present', value: [] });
    expect(codeOf(verdictOn(without))).to.equal('UNREADABLE');
  });

  it('does not outweigh a policy that refuses now', () => {
    expect(code([succeeded], { topics: { [TOPIC_ARN]: refusing } })).to.equal('TOPIC_REFUSES_ALARM');
  });

  it('that cannot be read leaves open whether the last action failed', () => {
    const unread = replacing(
      snapshotOf(soundWorld()),
      'alarm-history',
      ALARM_ID,
      denied('cloudwatch', 'DescribeAlarmHistory'),
    );
    expect(codeOf(verdictOn(unread))).to.equal('UNREADABLE');
  });

  it('is not asked under the assurance `configured`', () => {
    expect(code([refused], {}, { assurance: 'configured' })).to.equal('SATISFIED');
  });

  it('is read in the same turn as the topic, with the mute rules, and only of an alarm that may fire', async () => {
    const turns = async (world: World) => {
      const reader = snapshotReader(snapshotOf(world));
      const asked: string[][] = [];
      const read = (keys: readonly PartKey[]) => {
        asked.push(keys.map(({ kind }) => kind));
        return reader.read(keys);
      };
      await assess({ ...reader, read }, parametersOf());
      return asked;
    };
    const [turn] = (await turns(soundWorld())).filter((kinds) => kinds.includes('topic-attributes'));
    expect(turn).to.include.members(['mute-rules', 'alarm-history', 'topic-attributes', 'subscriptions']);
    const broken = (await turns(withAlarms(alarm({ actionsEnabled: false })))).flat();
    expect(broken).not.to.include.oneOf(['mute-rules', 'alarm-history']);
  });
});
