import { expect } from 'chai';

import type { Subscription } from '../../../../src/inventory/resources.ts';
import type { Plan } from '../../../../src/remediation/plan/plan.ts';
import { cliScript } from '../../../../src/remediation/render/cli.ts';
import { cloudformation } from '../../../../src/remediation/render/cloudformation.ts';
import { terraform } from '../../../../src/remediation/render/terraform/terraform.ts';
import { planFor } from '../../../support/planning.ts';
import type { World } from '../../../support/worlds/world.ts';
import { OTHER_ACCOUNT, TOPIC_ARN, confirmed, soundWorld } from '../../../support/worlds/world.ts';

const ADDRESS = 'oncall@example.com';

/** A subscription with an ARN of its own. */
const subscription = (id: string, change: Partial<Subscription>): Subscription =>
  confirmed({ subscriptionArn: `${TOPIC_ARN}:${id}`, ...change });

/** A topic with these subscriptions, of which none gets the alarm's message: alarms send no message attributes. */
const rejecting = (...subscriptions: readonly Subscription[]): World =>
  soundWorld({
    subscriptions: { [TOPIC_ARN]: subscriptions },
    filterPolicies: Object.fromEntries(
      subscriptions.map(({ subscriptionArn }) => [subscriptionArn, { filterPolicy: '{"severity":["high"]}' }]),
    ),
  });

const same = (endpoint: string = ADDRESS) => subscription('same', { protocol: 'email', endpoint });
const uncertain: World = {
  ...rejecting(same()),
  filterPolicies: {
    [`${TOPIC_ARN}:same`]: {
      filterPolicy: '{"NewStateReason":[{"prefix":"Threshold"}]}',
      filterPolicyScope: 'MessageBody',
    },
  },
};

const summary = ({ steps, manualSteps, complete }: Plan) => ({
  kinds: steps.map(({ kind }) => kind),
  manual: manualSteps.map(({ kind }) => kind),
  complete,
});
const subscribes = { kinds: ['subscribe'], manual: ['confirm', 'test-notification'], complete: true };
const leavesToPerson = { kinds: [], manual: ['by-hand'], complete: false };

describe('the plan for a subscriber whose filter policy drops the message', () => {
  const cases: readonly (readonly [title: string, world: World, expected: object])[] = [
    ['subscribes another address', rejecting(subscription('other', { endpoint: 'somebody@example.com' })), subscribes],
    ['leaves the same address to a person', rejecting(same()), leavesToPerson],
    ['leaves the same address in another case to a person', rejecting(same('OnCall@Example.com')), leavesToPerson],
    [
      'leaves the same address to a person, whatever else is subscribed',
      rejecting(
        subscription('sms', { protocol: 'sms' }),
        same(),
        subscription('other', { endpoint: 'somebody@example.com' }),
      ),
      leavesToPerson,
    ],
    ['leaves the same address to a person where the policy is not certain to reject', uncertain, leavesToPerson],
    [
      'subscribes an address that another account did not subscribe',
      soundWorld({
        subscriptions: {
          [TOPIC_ARN]: [subscription('x', { owner: OTHER_ACCOUNT, endpoint: 'somebody@example.com' })],
        },
      }),
      subscribes,
    ],
    [
      'leaves an address that another account subscribed to a person',
      soundWorld({
        subscriptions: { [TOPIC_ARN]: [subscription('x', { owner: OTHER_ACCOUNT, endpoint: ADDRESS })] },
      }),
      leavesToPerson,
    ],
    ['subscribes an address where a phone rejects it', rejecting(subscription('sms', { protocol: 'sms' })), subscribes],
    [
      'subscribes an address where several subscriptions reject it',
      rejecting(
        subscription('sms', { protocol: 'sms' }),
        subscription('web', { protocol: 'https' }),
        subscription('other', { endpoint: 'somebody@example.com' }),
      ),
      subscribes,
    ],
    [
      'subscribes an address that gets JSON only: the protocol is another one',
      rejecting(subscription('json', { protocol: 'email-json', endpoint: ADDRESS })),
      subscribes,
    ],
  ];
  for (const [title, world, expected] of cases) {
    it(title, async () => {
      const plan = await planFor(world, { email: ADDRESS });
      expect(summary(plan)).to.deep.equal(expected);
      expect(plan.notes).to.deep.equal([]);
    });
  }

  it('subscribes an address whose JSON subscription has a protocol that is not accepted', async () => {
    const world = soundWorld({
      subscriptions: { [TOPIC_ARN]: [subscription('json', { protocol: 'email-json', endpoint: ADDRESS })] },
    });
    const plan = await planFor(world, { email: ADDRESS }, { subscriberProtocols: 'email' });
    expect(summary(plan)).to.deep.equal(subscribes);
  });

  it('advises to change the filter policy by hand, or to take another address', async () => {
    const advice = async (world: World) => {
      const [step] = (await planFor(world, { email: ADDRESS })).manualSteps;
      return step?.kind === 'by-hand' ? step.why : undefined;
    };
    const rest = 'change the filter policy by hand, or give another address with --email';
    const start = `${ADDRESS} is subscribed to SNS topic security-alerts already, and the filter policy of that subscription`;
    expect(await advice(rejecting(same()))).to.equal(`${start} rejects the message; ${rest}`);
    expect(await advice(uncertain)).to.equal(`${start} is not certain to accept the message; ${rest}`);
  });

  it('says of a file without addresses that the address may be subscribed', async () => {
    const plan = await planFor(rejecting(subscription('unknown', {})), { email: ADDRESS });
    expect(summary(plan)).to.deep.equal(subscribes);
    expect(plan.notes).to.have.lengthOf(1);
    expect(plan.notes[0]).to.contain('does not say which addresses are subscribed to SNS topic security-alerts');
  });

  it('asks for a recipient where none is given, since no command changes a filter policy', async () => {
    const world = rejecting(same());
    await planFor(world, {}).then(
      () => expect.fail('a plan without a recipient'),
      (error: unknown) => expect(String(error)).to.contain('give --email ADDRESS'),
    );
  });
});

describe('the plan for an address that waits to be confirmed', () => {
  const waiting = soundWorld({
    subscriptions: {
      [TOPIC_ARN]: [confirmed({ subscriptionArn: 'PendingConfirmation', endpoint: 'OnCall@example.com' })],
    },
  });

  it('sends the email again, by the command that subscribes', async () => {
    const plan = await planFor(waiting, { email: ADDRESS });
    expect(summary(plan)).to.deep.equal(subscribes);
    expect(cliScript(plan)).to.contain('aws sns subscribe');
  });

  it('is no template, which would delete the subscription that something else made', async () => {
    const plan = await planFor(waiting, { email: ADDRESS });
    expect(terraform(plan).kind).to.equal('cannot');
    expect(cloudformation(plan).kind).to.equal('cannot');
  });

  it('subscribes again where the subscription was deleted', async () => {
    const deleted = soundWorld({
      subscriptions: { [TOPIC_ARN]: [confirmed({ subscriptionArn: 'Deleted', endpoint: ADDRESS })] },
    });
    const plan = await planFor(deleted, { email: ADDRESS });
    expect(summary(plan)).to.deep.equal(subscribes);
    expect(terraform(plan).kind).to.equal('text');
  });
});
