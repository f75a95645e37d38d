import { readFileSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { parse } from '@cdktf/hcl2json';
import { expect } from 'chai';

import { writeTemplate } from '../../deploy/generate/template-file.ts';
import type { Template } from '../../deploy/generate/template.ts';
import type { Moto } from './emulator/moto.ts';
import { describeOnMoto, startMoto } from './emulator/moto.ts';
import { emulatorEnvironment } from './emulator/programs.ts';
import { createdIn, putBucket } from './emulator/stacks.ts';
import type { Terraform } from './emulator/terraform.ts';
import { makeTerraform } from './emulator/terraform.ts';

const folder = 'deploy/terraform';
const region = 'us-east-1';
const bucket = 'amzn-s3-demo-bucket';

type Blocks = Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>;

describe('the Terraform module', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  const text = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
  let parsed: {
    readonly variable: Readonly<
      Record<string, readonly { readonly default?: unknown; readonly description?: string }[]>
    >;
    readonly resource: Blocks;
  };
  before(async () => {
    parsed = (await parse('module.tf', text)) as unknown as typeof parsed;
  });

  it('uses every variable that it declares, and each has a description', () => {
    const used = new Set([...text.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name));
    expect(Object.keys(parsed.variable)).to.have.members([...used]);
    for (const [{ description } = {}] of Object.values(parsed.variable)) expect(description).not.to.equal(undefined);
  });

  it('creates nothing in an account but the template', () => {
    expect(Object.keys(parsed.resource)).to.have.members([
      ...['aws_s3_object', 'aws_cloudformation_stack', 'aws_cloudformation_stack_set'],
      'aws_cloudformation_stack_instances',
    ]);
  });

  it('has a stack set with service-managed permissions, which reaches accounts that join later', () => {
    const [set] = parsed.resource['aws_cloudformation_stack_set']!['members']!;
    expect(set).to.include({ permission_model: 'SERVICE_MANAGED' });
    expect(set!['auto_deployment']).to.deep.equal([{ enabled: true, retain_stacks_on_account_removal: false }]);
  });

  it('asks for the capability that the named role needs, and reads outputs that the template has', async () => {
    expect(text).to.contain('capabilities = ["CAPABILITY_NAMED_IAM"]');
    await writeTemplate();
    const { Outputs } = JSON.parse(readFileSync('dist/template.json', 'utf8')) as Template;
    const read = [...text.matchAll(/outputs\["(\w+)"\]/g)].map(([, name]) => name);
    expect(read).not.to.be.empty;
    expect(Object.keys(Outputs)).to.include.members(read);
  });
});

describeOnMoto('the Terraform module, applied to moto', function () {
  this.timeout(180_000);
  let moto: Moto | undefined;
  let terraform: Terraform | undefined;
  before(async () => {
    moto = await startMoto();
    terraform = makeTerraform();
    await writeTemplate();
  });
  after(async () => {
    terraform?.remove();
    await moto?.stop();
  });

  const configuration = (more: string) => `
provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "rules" {
  source   = ${JSON.stringify(resolve(folder))}
  template = ${JSON.stringify(resolve('dist/template.json'))}
  bucket   = "${bucket}"
${more}}

output "function_arn" {
  value = module.rules.function_arn
}
`;
  const run = async (command: string, ...args: readonly string[]) => {
    const ran = await terraform!.run(emulatorEnvironment(moto!.url, region), command, ...args);
    expect([ran.status, ran.stderr], `${[command, ...args].join(' ')}: ${ran.stdout}`).to.deep.equal([0, '']);
    return ran.stdout;
  };

  it('is valid, creates the stack with its parameters, plans nothing afterwards, and removes it', async () => {
    expect(statSync('dist/template.json').size).to.be.greaterThan(51_200);
    // Where no Terraform is installed, the module is only read, above.
    if (terraform === undefined) return;
    await putBucket(moto!, bucket, region);
    terraform.use(configuration('  parameters = { Controls = "CloudWatch.1,CloudWatch.4", Remediation = "false" }\n'));
    await run('validate');
    await run('apply', '-auto-approve', '-input=false');
    expect([...(await createdIn(moto!, 'cloudtrail-alarms', region)).keys()]).to.include('EvaluateLambdaFunction');
    expect(await run('output')).to.contain('function_arn = "arn:aws:lambda:us-east-1:');
    await run('plan', '-detailed-exitcode', '-input=false');
    await run('destroy', '-auto-approve', '-input=false');
  });

  it('plans a stack set for the accounts of an organization, and no stack here where none is wanted', async () => {
    if (terraform === undefined) return;
    await putBucket(moto!, bucket, region);
    terraform.use(
      configuration(
        '  in_this_account         = false\n  organizational_unit_ids = ["r-abcd"]\n  regions = ["us-east-1", "eu-west-1"]\n',
      ),
    );
    const planned = await run('plan', '-input=false');
    expect(planned).to.match(/permission_model += "SERVICE_MANAGED"/);
    expect(planned).to.contain('aws_cloudformation_stack_instances.members[0] will be created');
    expect(planned).not.to.contain('aws_cloudformation_stack.here');
  });

  it('refuses an id that is neither of an organizational unit nor of the root', async () => {
    if (terraform === undefined) return;
    terraform.use(configuration('  organizational_unit_ids = ["123456789012"]\n'));
    const { status, stderr } = await terraform.run(emulatorEnvironment(moto!.url, region), 'plan', '-input=false');
    expect(status).to.equal(1);
    expect(stderr).to.contain('Each id is that of an organizational unit');
  });
});
