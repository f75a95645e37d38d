import type { Request } from './wire.ts';
import { ServiceError } from './wire.ts';

/** The evaluation of one resource, as an account has it. */
export interface HeldEvaluation {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly complianceType: string;
  readonly annotation?: string;
}

/** An organization whose results an aggregator collects. Results are made when they are asked for, so it may be large. */
export interface AggregatedOrganization {
  readonly aggregator: string;
  /** Every account of the organization. */
  readonly accounts: readonly { readonly id: string; readonly name?: string; readonly state?: string }[];
  /** The rules of all accounts and regions that the aggregator shows: how many, and each by its place in the list. */
  readonly results: {
    readonly length: number;
    readonly at: (index: number) => {
      readonly ruleName: string;
      readonly accountId: string;
      readonly region: string;
      readonly complianceType: string;
    };
  };
  readonly details: (ruleName: string, accountId: string, region: string) => readonly HeldEvaluation[];
  readonly lateSources?: readonly object[];
}

type Operations = Readonly<Record<string, (input: Request['input']) => unknown>>;

/**
 * The calls of AWS Config and Organizations that see a whole organization, with the limits of their service models. Every
 * list begins with an empty page, as AWS warns that it may.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeAggregateComplianceByConfigRules.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetAggregateComplianceDetailsByConfigRule.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export function aggregatorOperations(organization: AggregatedOrganization): Operations {
  const refuseUnknown = (input: Request['input']) => {
    if (input['ConfigurationAggregatorName'] === organization.aggregator) return;
    throw new ServiceError('NoSuchConfigurationAggregatorException');
  };
  /** The bounds of a page, and the token of the next; the first page is empty. */
  const page = (input: Request['input'], length: number, most: number, standard = most) => {
    const { Limit = 0, NextToken } = input as { readonly Limit?: number; readonly NextToken?: string };
    if (Limit < 0 || Limit > most) throw new ServiceError('InvalidLimitException');
    if (NextToken === undefined) return { from: 0, to: 0, more: { NextToken: '0' } };
    const from = Number(NextToken);
    if (!Number.isInteger(from)) throw new ServiceError('InvalidNextTokenException');
    const to = Math.min(length, from + (Limit === 0 ? standard : Limit));
    return { from, to, more: to < length ? { NextToken: String(to) } : {} };
  };
  const between = <T>(from: number, to: number, at: (index: number) => T): readonly T[] =>
    Array.from({ length: to - from }, (_, index) => at(from + index));

  return {
    DescribeAggregateComplianceByConfigRules: (input) => {
      refuseUnknown(input);
      const { from, to, more } = page(input, organization.results.length, 1000);
      const rows = between(from, to, (index) => {
        const { ruleName, accountId, region, complianceType } = organization.results.at(index);
        const Compliance = { ComplianceType: complianceType };
        return { ConfigRuleName: ruleName, AccountId: accountId, AwsRegion: region, Compliance };
      });
      return { AggregateComplianceByConfigRules: rows, ...more };
    },
    GetAggregateComplianceDetailsByConfigRule: (input) => {
      refuseUnknown(input);
      const { ConfigRuleName, AccountId, AwsRegion, ComplianceType } = input as Readonly<Record<string, string>>;
      if (!ConfigRuleName || !AccountId || !AwsRegion) throw new ServiceError('ValidationException');
      const held = organization
        .details(ConfigRuleName, AccountId, AwsRegion)
        .filter(({ complianceType }) => ComplianceType === undefined || complianceType === ComplianceType);
      const { from, to, more } = page(input, held.length, 100, 50);
      const rows = held.slice(from, to).map(({ resourceType, resourceId, complianceType, annotation }) => ({
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: { ConfigRuleName, ResourceType: resourceType, ResourceId: resourceId },
        },
        ComplianceType: complianceType,
        ConfigRuleInvokedTime: Date.parse('2026-11-18T12:00:00.000Z') / 1000,
        Annotation: annotation,
        AccountId,
        AwsRegion,
      }));
      return { AggregateEvaluationResults: rows, ...more };
    },
    DescribeConfigurationAggregatorSourcesStatus: (input) => {
      refuseUnknown(input);
      return { AggregatedSourceStatusList: organization.lateSources ?? [] };
    },
    ListAccounts: (input) => {
      const from = Number(input['NextToken'] ?? 0);
      const to = Math.min(organization.accounts.length, from + 20);
      const Accounts = organization.accounts
        .slice(from, to)
        .map(({ id, name, state = 'ACTIVE' }) => ({ Id: id, Name: name, State: state }));
      return { Accounts, ...(to < organization.accounts.length ? { NextToken: String(to) } : {}) };
    },
  };
}
