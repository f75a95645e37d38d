import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

import {
  MEMBER_ROLE_NAME,
  MEMBER_ROLE_PATH,
  memberRoleFile,
  memberRoleTemplate,
} from '../../deploy/generate/member-role.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';
import { usedActions } from '../support/used-actions.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal?: object;
  readonly Resource?: unknown;
}

interface Role {
  readonly Path: string;
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: { readonly Version: string; readonly Statement: readonly Statement[] };
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

const text = readFileSync(memberRoleFile, 'utf8');
const template = parse(text, { version: '1.1' }) as {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Role }>>;
  readonly Outputs: { readonly ExecutionRoleName: { readonly Value: string } };
};
const role = template.Resources['MemberRole']!.Properties;
const statements = role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('the template of the role in a member account', () => {
  it('is what `npm run docs` writes', async () => {
    const settings = { ...(await resolveConfig(memberRoleFile)), filepath: memberRoleFile };
    expect(text).to.equal(await format(memberRoleTemplate(), settings));
  });

  it('allows what the function calls in the account, and nothing else', () => {
    const used = usedActions(new URL('../../src/lambda/entry-point.ts', import.meta.url));
    const allowed = statements.flatMap(({ Action }) => Action);
    // The function assumes roles with its own role, never with that of a member.
    expect([...allowed].sort()).to.deep.equal(used.filter((action) => action !== 'sts:AssumeRole'));
    expect(statements.every(({ Effect }) => Effect === 'Allow')).to.equal(true);
  });

  it('changes nothing in the account: all it writes are the evaluations of a rule', () => {
    const writing = statements.flatMap(({ Action }) => Action).filter((action) => !/:(Describe|List|Get)/.test(action));
    expect(writing).to.deep.equal(['config:PutEvaluations']);
  });

  it('allows each action on the same resources as `serverless.yml`', () => {
    // `Resource: !Sub arn:...` there is `{ Fn::Sub: arn:... }` here; the member may have rules in any region.
    const there = [
      ...readFileSync('serverless.yml', 'utf8').matchAll(
        /Action: (?:\[([^\]]+)\]|([a-z]+:\w+))\n\s+Resource: (?:!Sub )?'?([^'\n]+)'?/g,
      ),
    ].flatMap(([, list, one, resource = '']) =>
      (list ?? one ?? '').split(',').map((action) => [action.trim(), resource.replace('${AWS::Region}', '*')] as const),
    );
    const here = new Map(
      statements.flatMap(({ Action, Resource }) =>
        [Action].flat().map((action) => [action, (Resource as { 'Fn::Sub'?: string })['Fn::Sub'] ?? Resource] as const),
      ),
    );
    const ofReads = there.filter(([action]) => action !== 'sts:AssumeRole');
    expect(ofReads.length).to.be.greaterThan(15);
    for (const [action, resource] of ofReads) expect(here.get(action), action).to.equal(resource);
  });

  it('trusts one role, which the deployment names', () => {
    expect(role.AssumeRolePolicyDocument.Statement).to.deep.equal([
      { Effect: 'Allow', Principal: { AWS: { Ref: 'FunctionRoleArn' } }, Action: 'sts:AssumeRole' },
    ]);
    expect(role.AssumeRolePolicyDocument.Version).to.equal('2012-10-17');
  });

  it('gives the role a fixed path and name, which the rule parameter takes as they are', () => {
    expect([role.Path, role.RoleName]).to.deep.equal([`/${MEMBER_ROLE_PATH}/`, MEMBER_ROLE_NAME]);
    const { Value } = template.Outputs.ExecutionRoleName;
    expect(Value).to.equal(`${role.Path.slice(1)}${role.RoleName}`);
    const parsed = parseParameters({ AssumeRoleMode: 'true', ExecutionRoleName: Value });
    expect(parsed.kind).to.equal('parsed');
  });

  it('passes cfn-lint', function () {
    this.timeout(60_000);
    const python = execFileSync('.ci/python.sh', { encoding: 'utf8' }).trim();
    const PATH = `${python}:${process.env['PATH'] ?? ''}`;
    expect(execFileSync('cfn-lint', [memberRoleFile], { env: { ...process.env, PATH }, encoding: 'utf8' })).to.equal(
      '',
    );
  });
});
