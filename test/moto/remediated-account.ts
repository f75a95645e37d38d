import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import { readEverything } from '../../src/assessment/read-everything.ts';
import { readUntil } from '../../src/assessment/read-until.ts';
import { liveSource } from '../../src/cli/sources/live-source.ts';
import { ontoReader } from '../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../src/inventory/declared/read-file.ts';
import { planRemediation } from '../../src/remediation/plan/plan-remediation.ts';
import type { Run } from '../cli/run.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { remediate } from '../support/remediate-command.ts';
import type { AwsCli } from './emulator/aws-cli.ts';
import type { MotoWorld } from './build-account.ts';
import { buildInMoto, soundMotoWorld } from './build-account.ts';
import { deploy } from './deploy.ts';
import type { Moto } from './emulator/moto.ts';
import { emulatorEnvironment, runShell } from './emulator/programs.ts';
import type { Terraform } from './emulator/terraform.ts';

/** The forms that are run, in the account that the test built in moto. */
export type RunForm = 'cli' | 'cloudformation' | 'terraform';

/** What the machine has to run a remediation with. */
export interface Programs {
  readonly moto: Moto;
  readonly cli: AwsCli;
  readonly terraform: Terraform | undefined;
}

/** One account in moto, what is asked of it, and how its remediation is printed. */
export interface Case {
  readonly change: Partial<MotoWorld>;
  readonly raw: Readonly<Record<string, string>>;
  /** Options such as `--email` and its value. */
  readonly options: readonly string[];
}

type Raw = Readonly<Record<string, string>>;

/** Builds the account of a case, and gives what the steps of a test need of it. */
export async function buildAccount(programs: Programs, { change, raw, options }: Case) {
  const { moto } = programs;
  await moto.reset();
  const world = { ...soundMotoWorld, ...change };
  const { region } = world;
  await buildInMoto(moto, world);
  const given = (values: Raw) => Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const args = ['--endpoint-url', moto.url, '--region', region, ...given(raw)];
  const open = (values: Raw) => liveSource({ endpointUrl: moto.url }, region, parametersOf(values).options).open();
  return {
    region,
    /** The code of the verdict. */
    judge: async (values: Raw = raw): Promise<string> =>
      codeOf((await assess(await open(values), parametersOf(values))).verdict),
    print: (form: RunForm): Promise<Run> => remediate(...args, '--as', form, ...options),
    /** What the account holds, without what a log group keeps when its template goes. */
    contents: async () => {
      const { parts } = await readEverything(await open(raw));
      const { 'metric-filters': filters = {}, ...others } = parts;
      const kept = Object.entries(filters).filter(
        ([, part]) => part.kind === 'present' && (part.value ?? []).length > 0,
      );
      return {
        filters: Object.fromEntries(kept),
        // Enabling actions that are enabled sets the time of the last change, and nothing else.
        alarms: without('alarmConfigurationUpdatedTimestamp', others.alarms),
        topics: others['topic-attributes'],
        // Somebody may confirm meanwhile, which gives a subscription its ARN.
        subscriptions: without('subscriptionArn', others.subscriptions),
        trails: others.trails,
        rules: others['event-rules'],
      };
    },
    run: async (script: string) => {
      const environment = { ...emulatorEnvironment(moto.url, region), PATH: programs.cli.path };
      const { status, stdout, stderr } = await runShell(script, environment);
      expect([stderr, status]).to.deep.equal(['', 0]);
      return stdout;
    },
    /** Laid over the account as it is, the plan gives a chain that holds. */
    expectPlanSatisfies: async (plan: string) => {
      const working = parametersOf({ ...raw, assurance: 'working' });
      const reader = await open({ ...raw, assurance: 'working' });
      // What the account is judged by before, and what the plan relies on: a topic that is there, for example.
      const read = await readEverything(reader);
      const choices = { email: 'oncall@example.com' };
      const { inventory: base } = await readUntil(reader, read, (known) => planRemediation(working, choices, known));
      const file = recognizeFile(plan, { now: base.readAt, onto: base });
      if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : 'not a plan');
      expect(codeOf((await assess(ontoReader(base, file.account), working)).verdict)).to.equal('SATISFIED');
    },
    /** Whoever got an email confirms; then a chain must hold, and nothing must be left to do. */
    expectSatisfied: async () => {
      moto.confirmSubscriptions();
      const working = { ...raw, assurance: 'working' };
      expect(codeOf((await assess(await open(working), parametersOf(working))).verdict)).to.equal('SATISFIED');
      const again = await remediate(...args, ...options);
      const said = again.err.replace(/^note: This plan does not use --topic-arn .*\n/, '');
      expect({ ...again, err: said }).to.deep.equal({
        code: 0,
        out: '',
        err: 'Nothing to do: a chain holds from end to end.\n',
      });
      expect(moto.unknown).to.deep.equal([]);
    },
  };
}

/** The same data without one member, at any depth. */
function without(member: string, data: unknown): unknown {
  const text = JSON.stringify([data], (name, value: unknown) => (name === member ? undefined : value));
  return (JSON.parse(text) as readonly unknown[])[0];
}

export type Account = Awaited<ReturnType<typeof buildAccount>>;

/** Runs a printed script twice: the second run changes nothing and fails at nothing. */
export async function runScriptTwice(account: Account, script: string): Promise<void> {
  await account.run(script);
  const after = await account.contents();
  await account.run(script);
  expect(await account.contents()).to.deep.equal(after);
  await account.expectSatisfied();
}

/** Deploys a printed template after its commands; without the stack, all is as it was before. */
export async function deployAndRemove({ moto }: Programs, account: Account, template: string): Promise<void> {
  const { Metadata } = JSON.parse(template) as {
    readonly Metadata: { readonly CommandsToRunFirst?: { readonly Commands: readonly string[] } };
  };
  if (Metadata.CommandsToRunFirst) await account.run(`${Metadata.CommandsToRunFirst.Commands.join('\n')}\n`);
  const before = await account.contents();
  const stack = await deploy(moto, template, account.region);
  await account.expectSatisfied();
  await stack.remove();
  expect(await account.contents()).to.deep.equal(before);
}

/** The plans that Terraform made, by the configuration without its comments: the plan of the same resources is the same. */
const planned = new Map<string, string>();

/**
 * Applies a printed configuration after its commands, of which our own judge must accept the plan. The first time that these
 * resources are applied, the second plan must be empty, and destroying them must restore all.
 */
export async function applyAndDestroy(
  { moto, terraform }: Programs,
  account: Account,
  configuration: string,
): Promise<void> {
  if (terraform === undefined) throw new Error('there is no terraform on this machine');
  const commands = configuration.split('\n').flatMap((line) => /^# {3}(.*)$/.exec(line)?.[1] ?? []);
  const block = commands.slice(commands.indexOf('('), commands.indexOf(') </dev/null') + 1);
  if (block.length > 0) await account.run(`${block.join('\n')}\n`);
  const before = await account.contents();
  const environment = emulatorEnvironment(moto.url, account.region);
  const run = async (command: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = await terraform.run(environment, command, ...args);
    expect([status, stderr], `${[command, ...args].join(' ')}: ${stdout}`).to.deep.equal([0, '']);
    return stdout;
  };
  terraform.use(configuration);
  const resources = configuration.replaceAll(/^#.*$/gm, '');
  const seen = planned.get(resources);
  if (seen !== undefined) {
    await account.expectPlanSatisfies(seen);
    await run('apply', '-auto-approve', '-input=false');
    await account.expectSatisfied();
    return;
  }
  await run('plan', '-input=false', '-out', 'plan.bin');
  const plan = await run('show', '-json', 'plan.bin');
  planned.set(resources, plan);
  await account.expectPlanSatisfies(plan);
  await run('apply', '-input=false', 'plan.bin');
  await account.expectSatisfied();
  await run('plan', '-detailed-exitcode', '-input=false');
  await run('destroy', '-auto-approve', '-input=false');
  expect(await account.contents()).to.deep.equal(before);
}
