import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import { runIn } from '../run.ts';

const data = 'test/inventory/declared/data';

describe('evaluating what is not deployed yet', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'declared-'));
  });
  after(() => rm(folder, { recursive: true }));

  const evaluate = (...args: readonly string[]) => runIn({}, evaluateCommand, args);

  it('takes a Terraform plan for what it is, for the account that the command line names', async () => {
    const args = ['--account-id', '111122223333', '--format', 'json', `${data}/no-subscriber.plan.json`];
    const { code, out } = await evaluate(...args);
    const { results } = JSON.parse(out) as ResultDocument;
    expect([code, results[0]?.accountId, results[0]?.region]).to.deep.equal([2, '111122223333', 'eu-west-1']);
    expect(results[0]?.chains[0].finding?.code).to.equal('NO_SUBSCRIBER');
  });

  it('takes a template with values for its parameters, and asks for the region', async () => {
    const file = join(folder, 'template.yaml');
    await writeFile(
      file,
      'Parameters: { On: { Type: String } }\n' +
        'Resources:\n  T: { Type: AWS::CloudTrail::Trail, Properties: { TrailName: main, IsLogging: !Ref On } }\n',
    );
    const off = await evaluate('--region', 'eu-west-1', '--parameters', 'On=false', '--format', 'json', file);
    expect((JSON.parse(off.out) as ResultDocument).results[0]?.verdict).to.equal('broken');
    const { code, err } = await evaluate(file);
    expect(code).to.equal(1);
    expect(err).to.contain(`${file}: a template does not say in which region it is deployed; give \`--region\``);
  });

  const refused: readonly (readonly [claim: string, args: readonly string[], message: string])[] = [
    [
      'an account for a snapshot',
      ['--account-id', '111122223333', 'events/accounts/1-everything-right.json'],
      'a snapshot says its own account',
    ],
    ['an account that is none', ['--account-id', '1', `${data}/sound.plan.json`], 'Allowed are twelve digits'],
    [
      'a parameter without a value',
      ['--parameters', 'On', `${data}/sound.plan.json`],
      'such as Email=oncall@example.com',
    ],
    ['a parameter without a template', ['--parameters', 'On=1', '--samples'], '`--parameters` goes with'],
  ];
  for (const [claim, args, message] of refused) {
    it(`refuses ${claim}`, async () => {
      const { code, out, err } = await evaluate(...args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.contain(message);
    });
  }
});
