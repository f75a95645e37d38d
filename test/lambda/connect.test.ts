import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { createConnector } from '../../src/lambda/connect.ts';
import { handle } from '../../src/lambda/handle.ts';
import { decodeInvocation } from '../../src/lambda/trigger.ts';
import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import { organizationOperations } from '../aws-responder/organization.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { credentials } from '../support/live-connector.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  READ_AT,
  REGION,
  TOPIC_ARN,
  alarm,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';
import { FUNCTION_ARN, errorOf, eventNamed, stubConfig, stubDependencies } from './stubs.ts';

const KEY = credentials.accessKeyId;
const keyOf = (accountId: string) => `ASIAROLEOF${accountId}`;
const scheduled = (ruleParameters: object) => ({
  ...eventNamed('scheduled'),
  ruleParameters: JSON.stringify(ruleParameters),
});

describe('the connection to an account', () => {
  const here = snapshotOf(soundWorld());
  const there: Inventory = { ...snapshotOf(soundWorld({ trails: [] })), accountId: OTHER_ACCOUNT };
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  let clock = new Date(READ_AT);
  let responder: Responder;
  const start = async (...inventories: readonly Inventory[]) => {
    responder = await startResponder(here, {
      ...organizationOperations(inventories),
      ...configOperations(config),
    });
    config.held.clear();
    clock = new Date(READ_AT);
  };
  afterEach(() => responder.close());

  const connector = () =>
    createConnector(() => clock, { endpoint: responder.url, credentials, maxAttempts: 1, requestTimeoutMs: 1000 });
  const run = (event: object, connect = connector()) =>
    handle(event, {
      ...stubDependencies(stubConfig()),
      functionArn: FUNCTION_ARN,
      connect: (invocation, options) => connect({ invocation, options, remainingMs: () => 60_000 }),
    });
  const assumed = () => responder.calls.filter(({ operation }) => operation === 'AssumeRole').map(({ input }) => input);
  const keysOf = (...services: readonly string[]) =>
    new Set(responder.calls.filter(({ service }) => services.includes(service)).map(({ accessKeyId }) => accessKeyId));

  it('uses the role of the function without AssumeRoleMode, even if ExecutionRoleName is set', async () => {
    await start(here);
    await run(scheduled({ ExecutionRoleName: 'config/rule-reader' }));
    expect(assumed()).to.deep.equal([]);
    expect(new Set(responder.calls.map(({ accessKeyId }) => accessKeyId))).to.deep.equal(new Set([KEY]));
  });

  it('with AssumeRoleMode reads the account and sends to AWS Config with the role in the account of the event', async () => {
    await start(here, there);
    const event = { ...scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'config/rule-reader' }) };
    await run({ ...event, accountId: OTHER_ACCOUNT });
    expect(assumed()).to.deep.equal([
      {
        Version: '2011-06-15',
        RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/config/rule-reader`,
        RoleSessionName: 'mfa-alarm-rule',
        DurationSeconds: '900',
      },
    ]);
    expect(keysOf('sts')).to.deep.equal(new Set([KEY]));
    expect(keysOf('cloudtrail', 'config')).to.deep.equal(new Set([keyOf(OTHER_ACCOUNT)]));
    expect([...config.held.values()].map(({ ComplianceResourceId }) => ComplianceResourceId)).to.deep.equal([
      OTHER_ACCOUNT,
    ]);
  });

  for (const [claim, arn, partition] of [
    ['China', 'arn:aws-cn:config:cn-north-1:111122223333:config-rule/config-rule-a', 'aws-cn'],
    ['GovCloud', 'arn:aws-us-gov:config:us-gov-west-1:111122223333:config-rule/config-rule-a', 'aws-us-gov'],
  ] as const) {
    it(`names the role in the partition of the rule, and asks STS in its region: ${claim}`, async () => {
      await start(here);
      const event = { ...scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' }), configRuleArn: arn };
      await run(event).catch(() => undefined);
      const [call] = responder.calls;
      expect(call).to.include({ operation: 'AssumeRole', region: arn.split(':')[3] });
      expect(call?.input['RoleArn']).to.equal(`arn:${partition}:iam::${ACCOUNT}:role/reader`);
    });
  }

  it('assumes a role once for all calls of a warm container', async () => {
    await start(here);
    clock = new Date();
    const connect = connector();
    const event = scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' });
    await run(event, connect);
    await run(event, connect);
    expect(assumed()).to.have.lengthOf(1);
  });

  it('assumes a role again when its credentials are about to expire', async () => {
    responder = await startResponder(here, {
      ...configOperations(config),
      AssumeRole: () => ({
        AssumedRoleUser: { AssumedRoleId: 'AROA:a', Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/a` },
        Credentials: {
          AccessKeyId: KEY,
          SecretAccessKey: 'secret',
          SessionToken: 'token',
          Expiration: new Date(Date.now() + 4 * 60 * 1000).toISOString(),
        },
      }),
    });
    clock = new Date();
    const connect = connector();
    const event = scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' });
    await run(event, connect);
    const before = assumed().length;
    await run(event, connect);
    expect(assumed().length).to.be.greaterThan(before);
  });

  it('that STS refuses is undecided, and the annotation names sts:AssumeRole', async () => {
    await start();
    const connect = connector();
    const event = scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' });
    const { options } = parametersOf({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' });
    const { reader } = connect({ invocation: decodeInvocation(event), options, remainingMs: () => 60_000 });
    const { verdict } = await assess(reader, parametersOf());
    expect(verdict.kind).to.equal('undecided');
    expect(JSON.stringify(verdict.chains)).to.contain('sts:AssumeRole');
  });

  it('that STS refuses sends nothing, since AWS Config is reached with the same role', async () => {
    await start();
    await errorOf(run(scheduled({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' })));
    expect(config.held.size).to.equal(0);
  });

  describe('with foreignAccountRoleName', () => {
    const theirLogGroup = LOG_GROUP_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const theirTopic = TOPIC_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const alarmArn = `arn:aws:cloudwatch:${REGION}:${OTHER_ACCOUNT}:alarm:mfa-alarm`;
    const pointing = snapshotOf(soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn: theirLogGroup })] }));
    const central: Inventory = {
      ...snapshotOf(
        soundWorld({
          trails: [],
          filters: { [theirLogGroup]: [filter()] },
          alarms: { [`${OTHER_ACCOUNT} ${REGION}`]: [alarm({ alarmArn, alarmActions: [theirTopic] })] },
          subscriptions: { [theirTopic]: [confirmed({ subscriptionArn: `${theirTopic}:1` })] },
          topics: { [theirTopic]: topicAttributes(theirTopic) },
        }),
      ),
      accountId: OTHER_ACCOUNT,
    };
    const assessed = async (raw: Readonly<Record<string, unknown>>) => {
      const { options } = parametersOf(raw);
      const { reader } = connector()({
        invocation: decodeInvocation(scheduled(raw)),
        options,
        remainingMs: () => 60_000,
      });
      return (await assess(reader, parametersOf(raw))).verdict;
    };

    it('reads the log group and alarm of another account with the role in that account, and the topic where that is needed', async () => {
      await start(pointing, central);
      expect(codeOf(await assessed({ foreignAccountRoleName: 'audit/reader' }))).to.equal('SATISFIED');
      expect(assumed().map(({ RoleArn }) => RoleArn)).to.deep.equal([
        `arn:aws:iam::${OTHER_ACCOUNT}:role/audit/reader`,
      ]);
      expect(keysOf('cloudtrail')).to.deep.equal(new Set([KEY]));
      expect(keysOf('logs', 'monitoring')).to.deep.equal(new Set([keyOf(OTHER_ACCOUNT)]));
      // The owner of a topic may allow the function itself to read it.
      expect(keysOf('sns')).to.deep.equal(new Set([KEY, keyOf(OTHER_ACCOUNT)]));
    });

    it('assumes that role with the role of the function, not with the execution role', async () => {
      await start(pointing, central);
      const roles = { AssumeRoleMode: 'true', ExecutionRoleName: 'rule', foreignAccountRoleName: 'reader' };
      expect(codeOf(await assessed(roles))).to.equal('SATISFIED');
      expect(keysOf('sts')).to.deep.equal(new Set([KEY]));
      expect(assumed()).to.have.lengthOf(2);
    });

    it('assumes nothing where everything is in the account', async () => {
      await start(here);
      expect(codeOf(await assessed({ foreignAccountRoleName: 'reader' }))).to.equal('SATISFIED');
      expect(assumed()).to.deep.equal([]);
    });

    it('without it never asks about the other account', async () => {
      await start(pointing, central);
      await assessed({});
      expect(assumed()).to.deep.equal([]);
      expect(keysOf('logs', 'sns')).to.deep.equal(new Set());
    });
  });
});
