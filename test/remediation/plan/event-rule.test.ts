import { expect } from 'chai';

import { cliScript } from '../../../src/remediation/render/cli.ts';
import { cloudformation } from '../../../src/remediation/render/cloudformation.ts';
import { consoleSteps } from '../../../src/remediation/render/console.ts';
import {
  EVENT_BUS_ARN,
  EVENT_TOPIC_ARN,
  eventRule,
  eventWorld,
  policyOf,
  publishStatement,
  withEventTopic,
} from '../../support/worlds/event-world.ts';
import { planFor } from '../../support/planning.ts';
import { ACCOUNT } from '../../support/worlds/world.ts';

const accepted = { acceptedRoutes: 'eventbridge' };
const email = 'oncall@example.com';
const withoutRule = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] }, topics: {}, subscriptions: {} });

describe('the plan of an EventBridge rule', () => {
  it('adds a topic that EventBridge may publish to, a subscription and a rule, in the region of the events', async () => {
    const plan = await planFor(withoutRule, { email }, accepted);
    expect(plan.steps.map(({ kind }) => kind)).to.deep.equal(['create-topic', 'subscribe', 'create-event-rule']);
    const [topic] = plan.steps;
    expect(topic?.kind === 'create-topic' && topic.topicArn).to.equal(
      `arn:aws:sns:us-east-1:${ACCOUNT}:cloudtrail-alarms`,
    );
    expect(plan.complete).to.equal(true);
  });

  it('takes a free name, since PutRule overwrites', async () => {
    const taken = eventRule({ name: 'D9.AWS.MON.25-DeactivateMFADevice', state: 'DISABLED' });
    const world = { ...withoutRule, eventRules: { [EVENT_BUS_ARN]: [taken] } };
    const rule = (await planFor(world, { email }, accepted)).steps.find(({ kind }) => kind === 'create-event-rule');
    expect(rule?.kind === 'create-event-rule' && rule.ruleName).to.equal('D9.AWS.MON.25-DeactivateMFADevice-2');
  });

  it('adds a statement without a condition to the policy of the topic of a rule', async () => {
    const plan = await planFor(
      withEventTopic({ policy: policyOf(publishStatement('cloudwatch.amazonaws.com')) }),
      {},
      accepted,
    );
    const [only, ...others] = plan.steps;
    expect([only?.kind, others.length]).to.deep.equal(['allow-publish', 0]);
    const policy = only?.kind === 'allow-publish' ? only.extendedPolicy : '';
    expect((JSON.parse(policy) as { readonly Statement: readonly object[] }).Statement.at(-1)).to.deep.equal({
      Sid: 'AllowEventBridge',
      ...publishStatement('events.amazonaws.com'),
    });
  });

  it('notifies the topic that is chosen, which must be in that region', async () => {
    const world = { ...withEventTopic({}), eventRules: { [EVENT_BUS_ARN]: [] } };
    const plan = await planFor(world, { topicArn: EVENT_TOPIC_ARN }, accepted);
    expect(plan.steps.map(({ kind }) => kind)).to.deep.equal(['create-event-rule']);
    expect(cliScript(plan)).to.contain(EVENT_TOPIC_ARN);
  });

  it('is said in every form', async () => {
    const plan = await planFor(withoutRule, { email }, accepted);
    expect(cliScript(plan)).to.match(/aws events put-rule[^]*aws events put-targets/);
    const template = cloudformation(plan);
    const { Resources } = JSON.parse(template.kind === 'text' ? template.text : '{}') as {
      readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
    };
    expect(
      Object.values(Resources)
        .map(({ Type }) => Type)
        .sort(),
    ).to.deep.equal(['AWS::Events::Rule', 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy']);
    const inConsole = consoleSteps(plan);
    expect(inConsole.kind === 'text' && inConsole.text).to.match(/A\. The SNS topic[^]*C\. The EventBridge rule/);
  });
});
