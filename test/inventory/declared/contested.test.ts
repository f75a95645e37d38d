import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { parametersOf } from '../../support/judging.ts';
import { TOPIC_ARN, confirmed, snapshotOf, soundWorld } from '../../support/worlds/world.ts';

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: { readonly arn?: string } | null;
    readonly after: object | null;
  };
}

const plan = JSON.parse(readFileSync('test/inventory/declared/data/onto/onto-touches-nothing.plan.json', 'utf8')) as {
  readonly resource_changes: readonly Change[];
};
const SUBSCRIPTION = 'aws_sns_topic_subscription.mail';
const subscriptionArn =
  plan.resource_changes.find(({ address }) => address === SUBSCRIPTION)?.change.before?.arn ?? 'none';
const base = snapshotOf(
  soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed({ subscriptionArn, protocol: 'sms' })] } }),
);

/** The verdict of the plan with other changes in place of the one at an address. */
async function verdictWith(address: string, change: (one: Change) => readonly Change[]): Promise<string> {
  const changes = plan.resource_changes.flatMap((one) => (one.address === address ? change(one) : [one]));
  const file = recognizeFile(JSON.stringify({ ...plan, resource_changes: changes }), { now: base.readAt, onto: base });
  if (file.kind !== 'declared') throw new Error('not a plan');
  return (await assess(ontoReader(base, file.account), parametersOf({}))).verdict.kind;
}

const withActions = (one: Change, actions: readonly string[], address = one.address): Change => ({
  ...one,
  address,
  change: {
    actions,
    before: actions.includes('delete') || !actions.includes('create') ? one.change.before : null,
    after: actions.includes('create') || !actions.includes('delete') ? one.change.after : null,
  },
});

describe('a thing that a plan both declares and deletes', () => {
  for (const address of ['aws_cloudwatch_log_metric_filter.mfa', 'aws_cloudwatch_metric_alarm.mfa', SUBSCRIPTION]) {
    it(`is not certain to be there, as the deletion may come last: ${address}`, async () => {
      const renamed = (kept: string) => (one: Change) => [
        withActions(one, ['delete'], `${address}_old`),
        withActions(one, [kept]),
      ];
      expect(await verdictWith(address, renamed('create'))).to.equal('undecided');
      expect(await verdictWith(address, renamed('update'))).to.equal('undecided');
      expect(await verdictWith(address, (one) => [withActions(one, ['create', 'delete'])])).to.equal('undecided');
    });

    it(`is there if Terraform destroys it first, or forgets the other address: ${address}`, async () => {
      expect(await verdictWith(address, (one) => [withActions(one, ['delete', 'create'])])).to.equal('satisfied');
      const forgotten = (one: Change) => [withActions(one, ['forget'], `${address}_old`), withActions(one, ['no-op'])];
      expect(await verdictWith(address, forgotten)).to.equal('satisfied');
    });
  }

  it('is never satisfied of a topic or a log group, which lose what belongs to them', async () => {
    for (const address of ['aws_sns_topic.alerts', 'aws_cloudwatch_log_group.trail']) {
      const renamed = (one: Change) => [withActions(one, ['create']), withActions(one, ['delete'], `${address}_old`)];
      expect(await verdictWith(address, renamed), address).not.to.equal('satisfied');
    }
  });
});

describe('a thing that a plan declares at two addresses', () => {
  const addresses = [
    ['aws_cloudwatch_log_metric_filter.mfa', 'pattern', '{ $.other = 1 }'],
    ['aws_cloudwatch_metric_alarm.mfa', 'threshold', 1000],
    [SUBSCRIPTION, 'filter_policy', '{"a":["b"]}'],
  ] as const;
  for (const [address, attribute, value] of addresses) {
    const second = (one: Change, change: object): Change => ({
      ...one,
      address: `${address}_too`,
      change: { actions: ['create'], before: null, after: { ...one.change.after, ...change, arn: undefined } },
    });

    it(`is not known if they differ, as either may be the last: ${address}`, async () => {
      const both = (one: Change) => [withActions(one, ['create']), second(one, { [attribute]: value })];
      expect(await verdictWith(address, both)).to.equal('undecided');
    });

    it(`is known if they agree: ${address}`, async () => {
      const both = (one: Change) => [withActions(one, ['create']), second(one, {})];
      expect(await verdictWith(address, both)).to.equal('satisfied');
    });
  }
});
