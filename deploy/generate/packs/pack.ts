import { chainTypes } from '../../../src/lambda/relevance.ts';
import type { ParameterName } from '../../../src/parameters/table.ts';
import { parameterTemplate, stackSettings } from '../../../src/parameters/template.ts';
import { remediationProperties } from '../remediation/resources.ts';
import { logicalIdOf } from '../rule-names.ts';
import type { Resource, Section } from '../serverless-file.ts';
import type { PackName, PackRule } from './contents.ts';
import { packRules } from './contents.ts';

/** What a conformance pack is made for. */
export interface PackChoices {
  readonly pack: PackName;
  /** Of CIS, for the pack `cis`. */
  readonly version?: string;
  /** As it was given to the template that created the remediation document. */
  readonly prefix: string;
  /** Where the remediation's role is; `undefined` for a pack without remediation. */
  readonly remediation: { readonly accountId: string; readonly region: string } | undefined;
  /** The default of the parameter that names the function. */
  readonly functionArn?: string;
}

/** A conformance pack, as a template. */
export interface Pack {
  readonly Parameters: Readonly<Record<string, PackParameter>>;
  readonly Conditions: Section;
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface PackParameter {
  readonly Type: 'String';
  readonly Default?: string;
  readonly Description: string;
}

/** The rule parameters that a pack sets for all of its rules. All others would be too many, or differ from rule to rule. */
const shared: readonly ParameterName[] = [
  ...(['patternMatch', 'requireMultiRegionTrail', 'subscriberProtocols', 'onUndecided', 'onForeignTrail'] as const),
  ...(['reportTrails', 'AssumeRoleMode', 'ExecutionRoleName', 'foreignAccountRoleName'] as const),
];

/**
 * A conformance pack: a rule for each control, all on one function, and a remediation for each.
 *
 * The account of each evaluation costs money for each rule, so the defaults are few evaluations: once a day, and none for
 * each trail. A change of an alarm calls no rule, since accounts with auto scaling change alarms all day.
 *
 * AWS Config takes no intrinsic functions for the names of rules and for the role of a remediation, so these are literal.
 *
 * @throws Error if the choices do not make a pack
 * @see https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/cpack-prerequisites.html
 */
export function conformancePack(choices: PackChoices): Pack {
  const { version, prefix } = choices;
  const rules = packRules(choices.pack, { version, prefix });
  const table = parameterTemplate();
  const idOf = (name: ParameterName): string => name.replace(/^./, (letter) => letter.toUpperCase());
  const defaults: Readonly<Record<string, string>> = {
    ReportTrails: 'false',
    // CIS asks for a trail that records all regions.
    ...(choices.pack === 'cis' || choices.pack === 'drop-in' ? { RequireMultiRegionTrail: 'true' } : {}),
  };
  const parameters = shared.map((name): readonly [string, PackParameter] => {
    const id = idOf(name);
    const { Default, Description } = table.Parameters[id] ?? { Default: '', Description: '' };
    return [id, { Type: 'String', Default: defaults[id] ?? String(Default), Description }];
  });
  const inputs = Object.fromEntries(shared.map((name) => [name, table.inputParameters[name]]));
  return {
    Parameters: {
      FunctionArn: {
        Type: 'String',
        ...(choices.functionArn === undefined ? {} : { Default: choices.functionArn }),
        Description: 'The ARN of the function: the output FunctionArn of its stack.',
      },
      Schedule: {
        Type: 'String',
        Default: 'TwentyFour_Hours',
        Description: `${stackSettings.schedule.meaning} Allowed is ${stackSettings.schedule.allowed}.`,
      },
      ...Object.fromEntries(parameters),
    },
    Conditions: Object.fromEntries(
      shared.map((name) => [`Has${idOf(name)}`, table.Conditions[`Has${idOf(name)}`] ?? {}]),
    ),
    Resources: Object.fromEntries(rules.flatMap((rule) => Object.entries(resourcesOf(rule, inputs, choices)))),
  };
}

function resourcesOf(
  { control, name }: PackRule,
  inputs: Readonly<Record<string, unknown>>,
  { prefix, remediation }: PackChoices,
): Readonly<Record<string, Resource>> {
  const id = `Rule${logicalIdOf(control.id)}`;
  const message = (MessageType: string) => ({ EventSource: 'aws.config', MessageType });
  return {
    [id]: {
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: name,
        Description: `${control.id}: ${control.title}`.slice(0, 256),
        InputParameters: { controlId: control.id, ...inputs },
        Scope: { ComplianceResourceTypes: chainTypes.filter((type) => type !== 'AWS::CloudWatch::Alarm') },
        Source: {
          Owner: 'CUSTOM_LAMBDA',
          SourceIdentifier: { Ref: 'FunctionArn' },
          SourceDetails: [
            message('ConfigurationItemChangeNotification'),
            message('OversizedConfigurationItemChangeNotification'),
            { ...message('ScheduledNotification'), MaximumExecutionFrequency: { Ref: 'Schedule' } },
          ],
        },
      },
    },
    ...(remediation === undefined
      ? {}
      : {
          [`Remediation${id}`]: {
            Type: 'AWS::Config::RemediationConfiguration',
            DependsOn: [id],
            Properties: remediationProperties({
              ruleName: name,
              document: `${prefix}remediation`,
              role: roleArn(prefix, remediation),
              controlId: control.id,
            }),
          },
        }),
  };
}

/** In an organization's pack AWS Config puts each member's id in the place of the management account's. */
function roleArn(
  prefix: string,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:iam::${accountId}:role/${prefix}remediation-${region}`;
}
