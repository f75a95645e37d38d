import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { runIn } from '../run.ts';

const run = async (...args: readonly string[]): Promise<string> => (await runIn({}, evaluateCommand, args)).out;
const [noSubscriber, elsewhere, noTrail] = [
  'events/accounts/2-no-subscriber.json',
  'events/accounts/5-filter-on-another-log-group.json',
  'events/accounts/7-no-trail.json',
];

describe('the reasons below a summary', () => {
  it('count the controls of an account that has one sentence for several', async () => {
    const out = await run('--all-controls', noTrail, elsewhere);
    expect(out).to.match(/^ {4}no trail \(17 controls\): Account 111122223333 has no CloudTrail trail\.$/m);
    expect(out).to.match(/^ {4}filter on another log group \(17 controls\): Log group \S+ has no metric filter\.$/m);
  });

  it('name the one control that a sentence is about', async () => {
    const out = await run('--all-controls', 'events/accounts/4-filter-narrower-than-asked.json', noTrail);
    expect(out).to.match(/^ {4}filter narrower than asked \(D9\.AWS\.MON\.25\): Metric filter mfa-deactivated /m);
  });

  it('name the controls of one account, and the accounts of one control', async () => {
    expect(await run('--all-controls', noTrail)).to.match(/^ {4}D9\.AWS\.MON\.25, CloudWatch\.1, .* more: Account /m);
    const one = await run(noSubscriber, ...Array<string>(10).fill(noTrail));
    expect(one).to.match(/^ {4}no subscriber: SNS topic security-alerts has no subscriber\.$/m);
  });
});
