import { expect } from 'chai';

import type { ReasonCode } from '../../../src/chain/reasons.ts';
import { reasonByCode } from '../../../src/chain/reasons.ts';
import type { Plan } from '../../../src/remediation/plan/plan.ts';
import { cloudformation } from '../../../src/remediation/render/cloudformation.ts';
import type { Rendering } from '../../../src/remediation/render/declared.ts';
import { terraform } from '../../../src/remediation/render/terraform/terraform.ts';
import { EVENT_TOPIC_ARN, eventWorld } from '../../support/worlds/event-world.ts';
import { faults } from '../../support/worlds/faulty-accounts.ts';
import { planFor, planningOn } from '../../support/planning.ts';
import { runScript } from '../../support/run-script.ts';
import type { World } from '../../support/worlds/world.ts';
import { TOPIC_ARN, alarm, snapshotOf, soundWorld, withAlarms } from '../../support/worlds/world.ts';

const email = { email: 'oncall@example.com' };

function textOf(rendering: Rendering): string {
  return rendering.kind === 'text' ? rendering.text : '';
}

interface Metadata {
  readonly Steps?: readonly { readonly Reason: string; readonly Step: string }[];
  readonly Checks?: readonly string[];
  readonly Commands: readonly string[];
}

/** What each template of a plan wants to be run first: the words about it in one line, and the commands as a script. */
function wantedFirst(
  plan: Plan,
): readonly { readonly tool: string; readonly words: string; readonly script: string }[] {
  const configuration = textOf(terraform(plan));
  const lines = configuration.split('\n').flatMap((line) => /^# {3}(.*)$/.exec(line)?.[1] ?? []);
  const end = lines.indexOf(') </dev/null');
  const comments = configuration.split('\n').flatMap((line) => /^# (\S.*)$/.exec(line)?.[1] ?? []);
  const template = JSON.parse(textOf(cloudformation(plan)) || '{}') as {
    readonly Metadata?: { readonly CommandsToRunFirst?: Metadata };
  };
  const first = template.Metadata?.CommandsToRunFirst;
  const said = [...(first?.Steps ?? []).map(({ Step }) => Step), ...(first?.Checks ?? [])];
  return [
    { tool: 'Terraform', words: comments.join(' '), script: end < 0 ? '' : `${lines.slice(0, end + 1).join('\n')}\n` },
    {
      tool: 'CloudFormation',
      words: said.join(' '),
      script: (first?.Commands ?? []).map((line) => `${line}\n`).join(''),
    },
  ];
}

const changing = (script: string, given: Readonly<Record<string, string>>) => {
  const { calls, status, stderr } = runScript(script, given);
  const operations = calls.map(([, operation = '']) => operation).filter((one) => !/^(get|describe|list)-/.test(one));
  return { operations, status, stderr };
};

describe('what is run before a template', () => {
  it('stops where the address is subscribed to a topic that exists, in whatever case', async () => {
    const plan = await planFor(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }), email);
    for (const { tool, words, script } of wantedFirst(plan)) {
      const sentence = `oncall@example.com is subscribed to SNS topic security-alerts already: ${tool} would take that subscription for its own, and delete it with the rest.`;
      expect(words, tool).to.contain(sentence);
      expect(changing(script, { ENDPOINTS: 'a@example.com\tnot.oncall@example.com' }), tool).to.deep.equal({
        operations: [],
        status: 0,
        stderr: '',
      });
      const { status, stderr } = changing(script, { ENDPOINTS: 'a@example.com\tOnCall@Example.com' });
      expect([status, stderr.split('. ')[0]], tool).to.deep.equal([
        1,
        'oncall@example.com is subscribed to SNS topic security-alerts already',
      ]);
    }
  });

  it('checks nothing where the template creates the topic', async () => {
    for (const { tool, script } of wantedFirst(await planFor(withAlarms(), email))) expect(script, tool).to.equal('');
  });

  it('checks nothing where nobody is subscribed', async () => {
    const plan = await planFor(withAlarms(alarm({ threshold: 3 })), {});
    for (const { tool, script } of wantedFirst(plan)) expect(script, tool).to.equal('');
  });

  const gone: readonly (readonly [title: string, world: World, raw: Readonly<Record<string, string>>])[] = [
    ['an alarm', soundWorld({ topics: { [TOPIC_ARN]: null }, subscriptions: { [TOPIC_ARN]: null } }), {}],
    [
      'a rule',
      eventWorld({ topics: { [EVENT_TOPIC_ARN]: null }, subscriptions: { [EVENT_TOPIC_ARN]: null } }),
      { acceptedRoutes: 'eventbridge' },
    ],
  ];
  for (const [title, world, raw] of gone) {
    it(`creates the topic that ${title} names, so that no template adopts or deletes one that something else made`, async () => {
      const plan = await planFor(world, email, raw);
      expect(plan.steps.map(({ kind }) => kind)).to.deep.equal(['create-topic', 'subscribe']);
      expect(textOf(terraform(plan))).not.to.contain('resource "aws_sns_topic" ');
      expect(textOf(cloudformation(plan))).not.to.contain('"AWS::SNS::Topic"');
      for (const { tool, words, script } of wantedFirst(plan)) {
        expect(words, tool).to.contain(`${tool} does not declare this topic: something notifies it by its ARN`);
        expect(changing(script, {}).operations, tool).to.deep.equal(['create-topic']);
        expect(changing(script, { POLICY: '{}' }), tool).to.deep.equal({ operations: [], status: 0, stderr: '' });
      }
    });
  }

  it('runs alone, in every template of every reason that commands fix', async () => {
    const codes = (Object.keys(faults) as (keyof typeof faults)[]).filter(
      (code) => reasonByCode[code].fixedBy.by === 'commands',
    );
    const ran: ReasonCode[] = [];
    for (const code of codes) {
      const { fault, raw } = faults[code];
      const { planning } = await planningOn(snapshotOf(fault), email, raw);
      if (planning.kind === 'asks') throw new Error(planning.question);
      const [first, second] = wantedFirst(planning.plan);
      expect(second?.script.replaceAll('CloudFormation', 'Terraform'), code).to.equal(first?.script);
      if (first === undefined || first.script === '') continue;
      const policies = planning.plan.steps.flatMap((step) => (step.kind === 'allow-publish' ? [step.policy] : []));
      const { status, stderr } = runScript(first.script, policies[0] === undefined ? {} : { POLICY: policies[0] });
      expect([status, stderr], code).to.deep.equal([0, '']);
      ran.push(code);
    }
    expect(ran).to.have.length.greaterThan(3);
  });
});
