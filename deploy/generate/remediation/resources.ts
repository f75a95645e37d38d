import type { TemplateConstraint } from '../../../src/parameters/fields.ts';
import { stackSettings } from '../../../src/parameters/template.ts';
import type { TemplateRule } from '../rules.ts';
import type { Resource, Section } from '../serverless-file.ts';
import { remediationDocument } from './document.ts';
import { remediationRole } from './role.ts';

type Parameters = Readonly<Record<string, TemplateConstraint & { readonly Description: string }>>;

export const remediationParameters: Parameters = {
  Remediation: {
    Type: 'String',
    Default: 'true',
    AllowedValues: ['true', 'false'],
    Description:
      'Whether AWS Config offers the remediation: a document of Systems Manager that adds a metric filter, an alarm and a topic. It runs only when somebody starts it.',
  },
  RemediationTopicArn: {
    ...stackSettings.alarmTopicArn.template,
    Description: 'The topic that an alarm of the remediation notifies; by default one that it creates.',
  },
};

/** Whether the remediation is offered, and for which rules. */
export function remediationConditions(rules: readonly TemplateRule[]): Section {
  const offered = { 'Fn::Equals': [{ Ref: 'Remediation' }, 'true'] };
  const ofRules = rules.flatMap(({ id, condition, controlId }) =>
    controlId === undefined
      ? []
      : [[`Offers${id}`, { 'Fn::And': [{ Condition: 'HasRemediation' }, { Condition: condition }] }] as const],
  );
  return {
    HasRemediation: offered,
    HasRemediationTopicArn: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'RemediationTopicArn' }, ''] }] },
    ...Object.fromEntries(ofRules),
  };
}

/**
 * The document with its role.
 *
 * @param Condition - under which they are created, if there is one
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-document.html
 */
export function documentResources(Condition?: string): Readonly<Record<string, Resource>> {
  const condition = Condition === undefined ? {} : { Condition };
  return {
    RemediationRole: { ...remediationRole, ...condition },
    RemediationDocument: {
      Type: 'AWS::SSM::Document',
      ...condition,
      Properties: {
        Name: { 'Fn::Sub': '${RulePrefix}remediation' },
        DocumentType: 'Automation',
        DocumentFormat: 'JSON',
        // A change of the content makes a version in place of another document.
        UpdateMethod: 'NewVersion',
        Content: remediationDocument(),
      },
    },
  };
}

/**
 * What makes AWS Config offer the document for the account's evaluation of a rule. It is started by hand: an automatic
 * remediation would act on evaluations that may be old.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationConfiguration.html
 */
export function remediationOfRule({ id, controlId }: TemplateRule): Readonly<Record<string, Resource>> {
  if (controlId === undefined) return {};
  return {
    [`Remediation${id}`]: {
      Type: 'AWS::Config::RemediationConfiguration',
      Condition: `Offers${id}`,
      Properties: remediationProperties({
        ruleName: { Ref: id },
        document: { Ref: 'RemediationDocument' },
        role: { 'Fn::GetAtt': ['RemediationRole', 'Arn'] },
        controlId,
        topicArn: {
          'Fn::If': [
            'HasRemediationTopicArn',
            { StaticValue: { Values: [{ Ref: 'RemediationTopicArn' }] } },
            { Ref: 'AWS::NoValue' },
          ],
        },
      }),
    },
  };
}

/** The properties of a remediation configuration, with texts or references in the places that differ. */
export function remediationProperties({
  ruleName,
  document,
  role,
  controlId,
  topicArn,
}: {
  readonly ruleName: unknown;
  readonly document: unknown;
  readonly role: unknown;
  readonly controlId: string;
  readonly topicArn?: unknown;
}): Readonly<Record<string, unknown>> {
  const fixed = (value: unknown) => ({ StaticValue: { Values: [value] } });
  return {
    ConfigRuleName: ruleName,
    ResourceType: 'AWS::::Account',
    TargetType: 'SSM_DOCUMENT',
    TargetId: document,
    Automatic: false,
    Parameters: {
      AutomationAssumeRole: fixed(role),
      ControlId: fixed(controlId),
      ...(topicArn === undefined ? {} : { TopicArn: topicArn }),
    },
  };
}
