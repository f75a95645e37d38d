import { expect } from 'chai';

import { remediate as run } from '../../support/remediate-command.ts';

const sample = (name: string): string => `events/accounts/${name}.json`;
const email = ['--email', 'oncall@example.com'];

describe('remediating on the command line', () => {
  it('prints the remediation on standard output, and nothing else', async () => {
    const { code, out, err } = await run(...email, sample('2-no-subscriber'));
    expect([code, err]).to.deep.equal([0, '']);
    expect(out)
      .to.match(/^#!\/bin\/sh\n/)
      .and.to.contain('--notification-endpoint oncall@example.com');
  });

  it('says that there is nothing to do where a chain holds', async () => {
    const { code, out, err } = await run(sample('1-everything-right'));
    expect([code, out]).to.deep.equal([0, '']);
    expect(err).to.equal('Nothing to do: a chain holds from end to end.\n');
  });

  const left = [
    ['7-no-trail', 2, '- NO_TRAIL: Account 111122223333 has no CloudTrail trail. '],
    [
      '3-subscriber-pending',
      2,
      '- Ask the subscriber of SNS topic security-alerts to confirm the subscription, or give --email to subscribe',
    ],
    ['8-organization-trail-of-another-account', 3, '- LOG_GROUP_IN_OTHER_ACCOUNT: '],
  ] as const;
  for (const [name, expected, words] of left) {
    it(`exits with ${expected} where a person is needed: ${name}`, async () => {
      const { code, out, err } = await run(sample(name));
      expect([code, out]).to.deep.equal([expected, '']);
      expect(err).to.contain('A person has to do this:').and.to.contain(words);
    });
  }

  it('fixes what another control asks for, by either name of the option', async () => {
    const short = await run('--control', 'CloudWatch.4', sample('1-everything-right'));
    expect(short.code).to.equal(0);
    expect(short.out).to.contain('$.eventName=DeleteGroupPolicy');
    expect(await run('--controlId', 'CloudWatch.4', sample('1-everything-right'))).to.deep.equal(short);
  });

  it('fixes what a pattern of your own asks for, by either name of the option', async () => {
    const pattern = '{ $.eventName = "StopLogging" }';
    const short = await run('--filter-pattern', pattern, sample('1-everything-right'));
    expect(short.code).to.equal(0);
    expect(short.out).to.contain(`'${pattern}'`);
    expect(await run('--filterPattern', pattern, sample('1-everything-right'))).to.deep.equal(short);
  });

  const refused = [
    ['without --email where somebody has to be subscribed', [sample('2-no-subscriber')], 'give --email ADDRESS'],
    ['an address that is none', ['--email', 'nobody', sample('2-no-subscriber')], '`--email` is `nobody`; allowed is'],
    ['an ARN that is no topic', ['--topic-arn', 'arn:aws:sqs:a:1:b', sample('2-no-subscriber')], '`--topic-arn` is'],
    ['a parameter that is not allowed', ['--assurance', 'some', sample('2-no-subscriber')], '`assurance` is `some`'],
    [
      'two controls',
      ['--control', 'CloudWatch.4', '--controlId', 'CloudWatch.5'],
      '`--control` and `--controlId` are the',
    ],
    ['two patterns', ['--filter-pattern', 'a', '--filterPattern', 'b'], '`--filter-pattern` and `--filterPattern` are'],
    [
      'an empty pattern',
      ['--filter-pattern', '', sample('1-everything-right')],
      '`filterPattern` is empty; leave it out',
    ],
    ['an empty control', ['--control', '', sample('1-everything-right')], '`controlId` is empty; leave it out'],
    ['a file that is not there', ['no-such-file.json'], 'error: no-such-file.json: '],
    ['no account at all', [], 'give a snapshot, or a live account by `--profile` or `--region`'],
    ['two accounts', ['--region', 'eu-west-1', sample('2-no-subscriber')], 'either a snapshot or a live account'],
  ] as const;
  for (const [what, args, words] of refused) {
    it(`refuses ${what}, and prints nothing to run`, async () => {
      const { code, out, err } = await run(...args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err)
        .to.match(/^error: /)
        .and.to.contain(words);
    });
  }
});
