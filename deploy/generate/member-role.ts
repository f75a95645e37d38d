import { stringify } from 'yaml';

import { permissions } from './permissions.ts';

/** The path and the name of the role are the same in every account, so that the function may assume no other role. */
export const MEMBER_ROLE_PATH = 'cloudtrail-alarm';
export const MEMBER_ROLE_NAME = 'cloudtrail-alarm-member';

/** Where the template is kept. */
export const memberRoleFile = 'deploy/member-role.yml';

/** CloudFormation reads YAML 1.1, in which a version of a policy is a date unless it is in quotes. */
const YAML_1_1 = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

const HEADER = `# The role through which one function evaluates this account. Deploy it to every account that the function evaluates, by a
# stack set or as a stack, in one region of each: the role is global. docs/organization.md says how. Made by \`npm run docs\`
# from the table in deploy/generate/permissions.ts. Do not edit.
`;

/**
 * The template of the role in each member account. It allows what the function reads of an account and sends to its AWS
 * Config, and trusts one role, that of the function.
 */
export function memberRoleTemplate(): string {
  const byResource = new Map<string, string[]>();
  for (const { actions, resource } of permissions) {
    byResource.set(resource, [...(byResource.get(resource) ?? []), ...actions]);
  }
  const statements = [...byResource].map(([resource, actions]) => ({
    Effect: 'Allow',
    Action: [...actions].sort(),
    Resource:
      resource === '*'
        ? '*'
        : { 'Fn::Sub': `arn:\${AWS::Partition}:${resource.replace('ACCOUNT', '${AWS::AccountId}')}` },
  }));
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The role through which a function of another account evaluates CloudTrail alarms of this one.',
    Parameters: {
      FunctionRoleArn: {
        Type: 'String',
        AllowedPattern: '^arn:[a-z-]+:iam::\\d{12}:role/[\\w+=,.@/-]+$',
        ConstraintDescription: 'allowed is the ARN of an IAM role',
        Description: "The function's own role: the output FunctionRoleArn of its stack.",
      },
    },
    Resources: {
      MemberRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Path: `/${MEMBER_ROLE_PATH}/`,
          RoleName: MEMBER_ROLE_NAME,
          Description:
            'Through this role the AWS Config rules of the organization read this account and send their evaluations.',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: { Ref: 'FunctionRoleArn' } }, Action: 'sts:AssumeRole' }],
          },
          Policies: [{ PolicyName: 'evaluate', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
    },
    Outputs: {
      ExecutionRoleName: {
        Description: 'The value of the rule parameter ExecutionRoleName.',
        Value: `${MEMBER_ROLE_PATH}/${MEMBER_ROLE_NAME}`,
      },
    },
  };
  return `${HEADER}${stringify(template, YAML_1_1)}`;
}
