import type { TemplateConstraint } from '../../src/parameters/fields.ts';
import { parameterTemplate, stackSettings } from '../../src/parameters/template.ts';
import { complianceConditions, complianceParameter, complianceResources } from './compliance-changes.ts';
import {
  documentResources,
  remediationConditions,
  remediationOfRule,
  remediationParameters,
} from './remediation/resources.ts';
import { controlConditions, controlsParameter, prefixParameter, ruleResources, templateRules } from './rules.ts';
import type { Resource, Section, ServerlessFile } from './serverless-file.ts';

/** A CloudFormation template that needs nothing but itself. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Metadata: object;
  readonly Parameters: Readonly<Record<string, TemplateParameter>>;
  readonly Conditions: Section;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Section;
}

type TemplateParameter = Omit<TemplateConstraint, 'Type'> & { readonly Type: string; readonly Description: string };

/** What each rule has a parameter of its own for, so that no parameter of the template sets it. */
const OWN = ['controlId', 'filterPattern', 'premises'];

/** The resources of `serverless.yml` that are not taken as they are: one rule becomes several. */
const REPLACED = ['Rule', 'SilenceAlarm', 'Dashboard'];

/**
 * The self-contained template: the function with its code, its role and log group, a rule for each chosen control, the
 * queue of failed events and the alarms. It has no transform and needs no bucket in the account, so that a stack set with
 * service-managed permissions can deploy it.
 *
 * @param file - `serverless.yml`, whose resources are taken over
 * @param code - the function, as the text of one file
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html#stacksets-macros
 */
export function selfContainedTemplate(file: ServerlessFile, code: string): Template {
  const ofRules = parameterTemplate();
  const { Rule: rule, SilenceAlarm: silence } = file.Resources;
  if (rule === undefined || silence === undefined) throw new Error('serverless.yml has no rule or no alarm on silence');
  const inputs = Object.fromEntries(Object.entries(ofRules.inputParameters).filter(([name]) => !OWN.includes(name)));
  const taken = Object.entries(file.Resources).filter(([name]) => !REPLACED.includes(name));
  const parameters = without('ControlId', ofRules.Parameters);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      "Is a person notified when an IAM user's MFA device is deactivated, and of other events? AWS Config rules that judge the whole chain.",
    Metadata: { 'AWS::CloudFormation::Interface': consoleInterface(Object.keys(parameters)) },
    Parameters: { ...ownParameters(), ...remediationParameters, ...parameters },
    Conditions: {
      ...file.Conditions,
      ...without('HasControlId', ofRules.Conditions),
      ...controlConditions(),
      ...remediationConditions(templateRules),
      ...complianceConditions,
      HasReservedConcurrency: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ReservedConcurrency' }, '0'] }] },
    },
    Resources: {
      ...functionResources(file, code),
      ...Object.fromEntries(taken),
      ...documentResources('HasRemediation'),
      ...complianceResources,
      ...Object.fromEntries(
        templateRules.flatMap((one) =>
          Object.entries({ ...ruleResources(one, { rule, silence }, inputs), ...remediationOfRule(one) }),
        ),
      ),
    },
    Outputs: {
      FunctionArn: {
        Description: 'For conformance packs and rules of your own.',
        Value: { 'Fn::GetAtt': ['EvaluateLambdaFunction', 'Arn'] },
      },
      FunctionRoleArn: {
        Description: 'The identity that roles in other accounts trust.',
        Value: { 'Fn::GetAtt': ['IamRoleLambdaExecution', 'Arn'] },
      },
      RemediationDocument: {
        Condition: 'HasRemediation',
        Description: 'Adds a metric filter, an alarm and a topic for a control.',
        Value: { Ref: 'RemediationDocument' },
      },
      FailedEventsUrl: {
        Description: 'The queue of events that could not be answered.',
        Value: { Ref: 'FailedEvents' },
      },
    },
  };
}

function without<V>(name: string, record: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** The parameters that do not belong to a rule. */
function ownParameters(): Template['Parameters'] {
  const { schedule, alarmEmail, alarmTopicArn, organizationId, logRetentionInDays, runtime } = stackSettings;
  const of = ({ template, meaning }: (typeof stackSettings)[keyof typeof stackSettings]) => ({
    ...template,
    Description: meaning,
  });
  return {
    Controls: controlsParameter,
    RulePrefix: prefixParameter,
    Schedule: of(schedule),
    AlarmEmail: of(alarmEmail),
    AlarmTopicArn: of(alarmTopicArn),
    OrganizationId: of(organizationId),
    NotifyComplianceChanges: complianceParameter,
    LogRetentionInDays: of(logRetentionInDays),
    Runtime: of(runtime),
    ReservedConcurrency: {
      Type: 'Number',
      Default: 0,
      MinValue: 0,
      MaxValue: 1000,
      Description:
        'How many calls of the function may run at the same time, so that other functions of the account keep theirs; 0 for no limit.',
    },
  };
}

/** The order and the headings of the parameters in the console. */
function consoleInterface(ofRules: readonly string[]): object {
  const group = (text: string, Parameters: readonly string[]) => ({ Label: { default: text }, Parameters });
  const ofMembers = ['AssumeRoleMode', 'ExecutionRoleName', 'ForeignAccountRoleName'];
  const forMembers = ['OrganizationId', ...ofMembers];
  return {
    ParameterGroups: [
      group('What is evaluated', ['Controls', 'RulePrefix', 'Schedule', 'FilterPattern', 'Premises']),
      group('Who is notified', ['AlarmEmail', 'AlarmTopicArn', 'NotifyComplianceChanges']),
      group('Remediation', ['Remediation', 'RemediationTopicArn']),
      group(
        'How it is judged',
        ofRules.filter((name) => ![...forMembers, 'FilterPattern', 'Premises'].includes(name)),
      ),
      group('Other accounts', forMembers),
      group('The function', ['LogRetentionInDays', 'Runtime', 'ReservedConcurrency']),
    ],
  };
}

function functionResources(file: ServerlessFile, code: string): Template['Resources'] {
  return {
    LogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: { Ref: 'LogRetentionInDays' } },
    },
    IamRoleLambdaExecution: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'evaluate',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  Resource: { 'Fn::GetAtt': ['LogGroup', 'Arn'] },
                },
                {
                  Effect: 'Allow',
                  Action: 'sqs:SendMessage',
                  Resource: { 'Fn::GetAtt': ['FailedEvents', 'Arn'] },
                },
                ...file.statements,
              ],
            },
          },
        ],
      },
    },
    EvaluateLambdaFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Description: file.description,
        Runtime: { Ref: 'Runtime' },
        Architectures: [file.architecture],
        MemorySize: file.memorySize,
        Timeout: file.timeout,
        Handler: 'index.evaluate',
        Role: { 'Fn::GetAtt': ['IamRoleLambdaExecution', 'Arn'] },
        // The function then needs no name, and no other log group comes into being.
        LoggingConfig: { LogGroup: { Ref: 'LogGroup' } },
        ReservedConcurrentExecutions: {
          'Fn::If': ['HasReservedConcurrency', { Ref: 'ReservedConcurrency' }, { Ref: 'AWS::NoValue' }],
        },
        Environment: { Variables: { ORGANIZATION_ID: { Ref: 'OrganizationId' } } },
        Code: { ZipFile: code },
      },
    },
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
    EventInvokeConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'EvaluateLambdaFunction' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: file.maximumRetryAttempts,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailedEvents', 'Arn'] } } },
      },
    },
  };
}
