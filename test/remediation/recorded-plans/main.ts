import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Plan } from '../../../src/remediation/plan/plan.ts';
import { divide, regionOfStep } from '../../../src/remediation/render/declared.ts';
import { terraform as render } from '../../../src/remediation/render/terraform/terraform.ts';
import { emulatorEnvironment } from '../../moto/emulator/programs.ts';
import { makeTerraform } from '../../moto/emulator/terraform.ts';
import { ACCOUNT } from '../../support/worlds/world.ts';
import { planEveryReason, planOtherOptions } from '../remediated-reasons.ts';
import { keyOf, trimmedPlan, writeRecording } from './recording.ts';

/** All that Terraform asks AWS while it plans what is new: which account it is in. */
const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${ACCOUNT}:user/operator</Arn><UserId>AIDAEXAMPLE</UserId><Account>${ACCOUNT}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

const terraform = makeTerraform();
if (terraform === undefined) throw new Error('recording needs terraform and a mirror with the AWS provider');
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const isKnown = body.includes('Action=GetCallerIdentity');
    if (!isKnown) process.stderr.write(`asked for more than the caller: ${request.url ?? ''} ${body}\n`);
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'text/xml' }).end(isKnown ? CALLER : '');
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Runs Terraform in a region, and gives what it prints. */
async function run(region: string, command: string, ...args: readonly string[]): Promise<string> {
  const ran = await terraform!.run(emulatorEnvironment(url, region), command, ...args);
  if (ran.status !== 0) throw new Error(`terraform ${command}: ${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

/** The region of what a plan declares. */
function regionOf(plan: Plan): string {
  const division = divide(plan);
  if (division === undefined) throw new Error('nothing is declared');
  return regionOfStep(division.declared[0]);
}

try {
  const plans: Record<string, object> = {};
  for (const [code, plan] of [...(await planEveryReason()), ...(await planOtherOptions())]) {
    const rendering = render(plan);
    if (rendering.kind !== 'text') continue;
    const key = keyOf(rendering.text);
    if (key in plans) continue;
    terraform.use(rendering.text);
    await run(regionOf(plan), 'plan', '-input=false', '-out', 'plan.bin');
    plans[key] = trimmedPlan(await run(regionOf(plan), 'show', '-json', 'plan.bin'));
    process.stdout.write(`planned for ${code}\n`);
  }
  const version = JSON.parse(await run('eu-west-1', 'version', '-json')) as {
    readonly terraform_version: string;
    readonly provider_selections: Readonly<Record<string, string>>;
  };
  writeRecording({
    madeBy: 'npm run record-plans',
    terraform: version.terraform_version,
    provider: version.provider_selections['registry.terraform.io/hashicorp/aws'] ?? '',
    plans,
  });
} finally {
  server.close();
  terraform.remove();
}
