import { expect } from 'chai';

import { reasonCodes } from '../../../src/chain/reasons.ts';
import { controlsCommand } from '../../../src/cli/commands/controls.ts';
import { explainCommand } from '../../../src/cli/commands/explain.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { parameterFieldOf, parameterNames } from '../../../src/parameters/table.ts';
import { runIn } from '../run.ts';

const explain = (...args: readonly string[]) => runIn({}, explainCommand, args);
const explained = async (name: string): Promise<unknown> =>
  JSON.parse((await explain('--format', 'json', name)).out) as unknown;

describe('explaining', () => {
  it('knows every reason, every control and every rule parameter', async () => {
    const names = [...reasonCodes, ...catalog.map(({ id }) => id), ...parameterNames];
    for (const name of names) expect(await explained(name), name).to.include({ name });
  });

  it('says to which link a reason belongs, and whether it is certain', async () => {
    const { code, out } = await explain('no_trail');
    expect(code).to.equal(0);
    expect(out).to.match(/^NO_TRAIL: a reason, at the link `trail`\n/);
    expect(out).to.contain('certainly broken');
    expect((await explain('UNREADABLE')).out)
      .to.contain('at any link')
      .and.to.contain('is not determined');
  });

  it('shows the pattern, the premises and the references of a control', async () => {
    const { out } = await explain('D9.AWS.MON.25');
    expect(out)
      .to.contain('{($.eventName=DeactivateMFADevice)}')
      .and.to.contain('iam.amazonaws.com')
      .and.to.contain('https://guides.spectralops.io/docs/d9_aws_mon_25');
    const groups = await explain('CloudWatch.10');
    expect(groups.out)
      .to.contain('ModifySecurityGroupRules')
      .and.to.contain('5.0.0: 4.10, 6.0.0: 5.10')
      .and.to.contain('Detect > Detection services')
      .and.to.contain('a trail of one region misses events');
    expect(out)
      .to.contain('no version of the CIS AWS Foundations Benchmark asks for it')
      .and.to.contain('AWS PCI-DSS 4.0');
  });

  it('shows what a parameter may be, and what it is when it is not given', async () => {
    expect(await explained('maxEventsToAlarm')).to.deep.equal({
      kind: 'parameter',
      name: 'maxEventsToAlarm',
      meaning: 'How many events may pass before the alarm goes into ALARM.',
      allowed: 'a whole number from 1 to 1000',
      default: '1',
    });
  });

  it('breaks lines at the width of the terminal', async () => {
    const { out } = await runIn({ columns: 60 }, explainCommand, ['CloudWatch.1']);
    const long = out.split('\n').filter((line) => line.length > 60);
    expect(long.every((line) => !line.trim().includes(' ') || line.includes('https://'))).to.equal(true);
  });

  it('of an unknown name names those that are like it', async () => {
    const { code, out, err } = await explain('SUBSCRIBER_CONFIRMED');
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.contain('error: `SUBSCRIBER_CONFIRMED` is not known').and.to.contain('SUBSCRIBER_NOT_CONFIRMED');
    expect((await explain('x\u001b[2J')).err).not.to.contain('\u001b');
  });

  it('explains a parameter in the words of its table', async () => {
    for (const name of parameterNames) {
      const { out } = await explain('--format', 'json', name);
      expect((JSON.parse(out) as { readonly meaning: string }).meaning).to.equal(parameterFieldOf(name).meaning);
    }
  });
});

describe('listing the controls', () => {
  const controls = (...args: readonly string[]) => runIn({}, controlsCommand, args);

  it('shows each with its title on one line, and all of it to programs', async () => {
    const lines = (await controls()).out.trimEnd().split('\n');
    expect(lines).to.have.lengthOf(catalog.length);
    for (const [at, { id, title }] of catalog.entries()) {
      expect(lines[at]?.startsWith(`${id} `) && lines[at].endsWith(`  ${title}`)).to.equal(true);
    }
    expect(JSON.parse((await controls('--format', 'json')).out)).to.deep.equal(catalog);
  });
});
