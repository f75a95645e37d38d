import { ConfigServiceClient, DescribeConfigRulesCommand, PutConfigRuleCommand } from '@aws-sdk/client-config-service';
import type { ConfigRule } from '@aws-sdk/client-config-service';
import { expect } from 'chai';

import { templateText } from '../../deploy/generate/template-file.ts';
import type { Template } from '../../deploy/generate/template.ts';
import { examplePacks } from '../../deploy/generate/generated-files.ts';
import { conformancePack } from '../../deploy/generate/packs/pack.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { Resolved } from '../deploy/resolve-template.ts';
import { resolveTemplate } from '../deploy/resolve-template.ts';
import type { Moto } from './emulator/moto.ts';
import { MOTO_ACCOUNT, describeOnMoto, startMoto } from './emulator/moto.ts';
import { createStack, createdIn } from './emulator/stacks.ts';

const region = 'eu-west-1';

describeOnMoto('the self-contained template, deployed in moto', function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  let text = '';
  let template: Template;
  before(async () => {
    moto = await startMoto();
    text = await templateText();
    template = JSON.parse(text) as Template;
  });
  after(() => moto?.stop());
  beforeEach(() => moto!.reset());

  it('becomes a stack, from a bucket, with the role, the function and the queue', async () => {
    const parameters = { Controls: 'all', AlarmEmail: 'oncall@example.com' };
    await createStack(moto!, { name: 'all', text, region, parameters });
    const created = await createdIn(moto!, 'all', region);
    const wanted = ['LogGroup', 'IamRoleLambdaExecution', 'EvaluateLambdaFunction', 'FailedEvents', 'AlarmTopic'];
    expect([...created.keys()]).to.include.members(wanted);
  });

  const choices: readonly Readonly<Record<string, string>>[] = [
    {},
    { Controls: 'none' },
    { Controls: 'all', FilterPattern: '{ $.eventName = CreateUser }' },
    { Controls: 'CloudWatch.1' },
    { Controls: 'CloudWatch.10,CloudWatch.14,D9.AWS.MON.25' },
    { Controls: 'CIS-1.3.0-4.15', AlarmEmail: 'oncall@example.com' },
    { ExecutionRoleName: 'config-rules/reader', AssumeRoleMode: 'true' },
  ];
  for (const given of choices) {
    it(`has the resources that moto's own conditions give for ${JSON.stringify(given)}`, async () => {
      // moto creates few types: with a topic in the place of each resource, its conditions decide about all of them.
      const stand = ({ Condition }: { readonly Condition?: string }) => ({
        Type: 'AWS::SNS::Topic',
        ...(Condition === undefined ? {} : { Condition }),
      });
      const Resources = Object.fromEntries(Object.entries(template.Resources).map(([id, one]) => [id, stand(one)]));
      const { Parameters, Conditions } = template;
      const probe = JSON.stringify({ Parameters, Conditions, Resources });
      await createStack(moto!, { name: 'probe', text: probe, region, parameters: given });
      const created = await createdIn(moto!, 'probe', region);
      expect([...created.keys()].sort()).to.deep.equal(Object.keys(resolveTemplate(template, given).resources).sort());
    });
  }

  /** Creates the stack, and then the rules of a template as AWS Config would, with the function of the stack. */
  const putRules = async (resources: Resolved['resources']) => {
    await createStack(moto!, { name: 'rules', text, region, parameters: { Controls: 'none' } });
    const name = (await createdIn(moto!, 'rules', region)).get('EvaluateLambdaFunction') ?? '';
    const functionArn = `arn:aws:lambda:${region}:${MOTO_ACCOUNT}:function:${name}`;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const config = new ConfigServiceClient({ endpoint: moto!.url, region, credentials, maxAttempts: 1 });
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type !== 'AWS::Config::ConfigRule') continue;
      const { InputParameters, Source, ...properties } = Properties as unknown as ConfigRule;
      const rule = {
        ...properties,
        InputParameters: JSON.stringify(InputParameters),
        Source: { ...Source, SourceIdentifier: functionArn },
      };
      await config.send(new PutConfigRuleCommand({ ConfigRule: rule as ConfigRule }));
    }
    const { ConfigRules = [] } = await config.send(new DescribeConfigRulesCommand({}));
    return { rules: ConfigRules };
  };

  it('has rules that AWS Config takes, with the function of the stack', async () => {
    const { rules } = await putRules(resolveTemplate(template, { Controls: 'all', ReportTrails: 'false' }).resources);
    expect(rules).to.have.length(catalog.length);
    for (const { InputParameters = '{}' } of rules) expect(InputParameters.length).to.be.at.most(1024);
  });

  for (const [name, choices] of Object.entries(examplePacks)) {
    it(`serves the rules of the conformance pack ${name}, which AWS Config takes`, async () => {
      const pack = conformancePack(choices);
      const { rules } = await putRules(resolveTemplate(pack, { FunctionArn: 'arn' }).resources);
      expect(rules).to.have.length(Object.keys(pack.Resources).length / 2);
    });
  }
});
