import { existsSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import type { ReasonCode } from '../../src/chain/reasons.ts';
import { liveSource } from '../../src/cli/sources/live-source.ts';
import { fixes } from '../../src/remediation/plan/fixes.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { remediate } from '../support/remediate-command.ts';
import { deploy } from './deploy.ts';
import { faults } from './faulty-accounts.ts';
import type { Moto } from './moto.ts';
import { describeOnMoto, startMoto } from './moto.ts';
import { emulatorEnvironment, runShell } from './programs.ts';
import type { MotoWorld } from './build-account.ts';
import { buildInMoto, soundMotoWorld } from './build-account.ts';

/** Each call of the AWS CLI takes a second, so all reasons are tried by the gate, and elsewhere only what needs all steps. */
const always: readonly ReasonCode[] = ['NO_METRIC_FILTER'];
const tried = process.env['EVERY_REASON'] ? (Object.keys(faults) as readonly ReasonCode[]) : always;

/** What is fixed by changing what is there, and by nothing that a template could declare. */
const changesOnly: readonly ReasonCode[] = [
  'TRAIL_DROPS_EVENTS',
  'TRAIL_WITHOUT_EVENTS',
  'TRAIL_SELECTORS_UNCERTAIN',
  'TRAIL_NOT_LOGGING',
  'TRAIL_NOT_MULTI_REGION',
  'TRAIL_WITHOUT_GLOBAL_EVENTS',
  'TRAIL_GLOBAL_EVENTS_UNKNOWN',
  'ALARM_ACTIONS_DISABLED',
  'TOPIC_REFUSES_ALARM',
  'TOPIC_POLICY_UNCERTAIN',
];

describeOnMoto('the remediation, run by the AWS CLI against moto', function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  const before_ = { ...process.env };
  before(async () => {
    moto = await startMoto();
    Object.assign(process.env, emulatorEnvironment(moto.url, 'eu-west-1'));
    delete process.env['AWS_ENDPOINT_URL'];
  });
  after(async () => {
    process.env = before_;
    await moto?.stop();
  });
  beforeEach(() => moto!.reset());

  const live = (region: string) => ['--endpoint-url', moto!.url, '--region', region];
  const judged = async (region: string, raw: Readonly<Record<string, string>> = {}) => {
    const parameters = parametersOf(raw);
    const source = liveSource({ endpointUrl: moto!.url }, region, parameters.options);
    return codeOf((await assess(await source.open(), parameters)).verdict);
  };
  /** Builds the account with the fault, and gives what every run goes by. */
  const build = async (code: ReasonCode) => {
    const { change, raw = {} } = faults[code] ?? { change: {} };
    const world = { ...soundMotoWorld, ...change };
    const { region } = world;
    await buildInMoto(moto!, world);
    expect(await judged(region, raw)).to.equal(code);
    const args = [...live(region), ...Object.entries(raw).flatMap(([name, value]) => [`--${name}`, value])];
    return { region, raw, args };
  };
  const expectSound = async ({ region, raw, args }: Awaited<ReturnType<typeof build>>) => {
    moto!.confirmSubscriptions();
    expect(await judged(region, { ...raw, assurance: 'working' })).to.equal('SATISFIED');
    const again = await remediate(...args);
    expect(again).to.deep.equal({ code: 0, out: '', err: 'Nothing to do: a chain holds from end to end.\n' });
    expect(moto!.unknown).to.deep.equal([]);
  };
  const runsClean = async (script: string, region: string) => {
    const { status, stderr } = await runShell(script, emulatorEnvironment(moto!.url, region));
    expect([stderr, status]).to.deep.equal(['', 0]);
  };

  for (const code of tried) {
    it(`of ${code} leads to a chain that holds, and leaves nothing to do`, async () => {
      const built = await build(code);
      const printed = await remediate(...built.args, '--email', 'oncall@example.com');
      expect([printed.code, printed.err]).to.deep.equal([0, '']);
      await runsClean(printed.out, built.region);
      await expectSound(built);
    });

    it(`of ${code} as a CloudFormation template, deployed, has the same effect, or is refused`, async () => {
      const built = await build(code);
      const printed = await remediate(...built.args, '--as', 'cloudformation', '--email', 'oncall@example.com');
      if (changesOnly.includes(code)) {
        expect([printed.code, printed.out]).to.deep.equal([1, '']);
        expect(printed.err).to.contain('CloudFormation changes only what it created or imported');
        return;
      }
      expect([printed.code, printed.err]).to.deep.equal([0, '']);
      const { Metadata } = JSON.parse(printed.out) as {
        readonly Metadata: { readonly CommandsToRunFirst?: { readonly Commands: readonly string[] } };
      };
      const first = Metadata.CommandsToRunFirst?.Commands ?? [];
      if (first.length > 0) await runsClean(`${first.join('\n')}\n`, built.region);
      await deploy(moto!, printed.out, built.region);
      await expectSound(built);
    });
  }

  const hostile: readonly (readonly [what: string, change: Partial<MotoWorld>, pattern?: string])[] = [
    ['an alarm', { alarms: [{ AlarmName: 'it\'s $(touch pwned) `touch pwned`\n"; #', ActionsEnabled: false }] }],
    ['an alarm like an option', { alarms: [{ AlarmName: '--debug', ActionsEnabled: false }] }],
    ['an alarm like a file', { alarms: [{ AlarmName: 'file:///etc/hostname', ActionsEnabled: false }] }],
    ['a pattern', { filters: [] }, '{ $.eventName = "it\'s $(touch pwned) `touch pwned` %s" }'],
  ];
  for (const [what, change, filterPattern] of process.env['EVERY_REASON'] ? hostile : []) {
    it(`takes the text of ${what} for nothing but data: ${JSON.stringify(filterPattern ?? change.alarms)}`, async () => {
      await buildInMoto(moto!, { ...soundMotoWorld, ...change });
      const raw: Readonly<Record<string, string>> = filterPattern === undefined ? {} : { filterPattern };
      const args = [...live('eu-west-1'), ...Object.entries(raw).flatMap(([name, value]) => [`--${name}`, value])];
      const printed = await remediate(...args, '--email', 'oncall@example.com');
      expect([printed.code, printed.err]).to.deep.equal([0, '']);
      await runsClean(printed.out, 'eu-west-1');
      await expectSound({ region: 'eu-west-1', raw, args });
      expect(existsSync('pwned')).to.equal(false);
    });
  }

  it('is tried for every reason that commands fix', () => {
    const fixed = Object.entries(fixes).flatMap(([code, { by }]) => (by === 'commands' ? [code] : []));
    expect(Object.keys(faults).sort()).to.deep.equal(fixed.sort());
  });
});
