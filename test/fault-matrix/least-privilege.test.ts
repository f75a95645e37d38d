import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { memberOnlyActions } from '../../deploy/generate/permissions.ts';
import { services } from '../../src/inventory/aws/answers/operations.ts';
import { matrix, runCells } from './matrix.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/**
 * The resource that a statement must name for an action, by the resource type in the service authorization reference; `*`
 * where the action takes none, or where AWS demands all (`DescribeAlarms` and the history of composite alarms).
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
 */
const resourceOf: Readonly<Record<string, string>> = {
  'cloudtrail:DescribeTrails': '*',
  'cloudtrail:ListTrails': '*',
  'cloudtrail:GetTrailStatus': ':trail/*',
  'cloudtrail:GetEventSelectors': ':trail/*',
  'logs:DescribeLogGroups': ':log-group:*',
  'logs:DescribeMetricFilters': ':log-group:*',
  'logs:GetTransformer': ':log-group:*',
  'logs:DescribeAccountPolicies': '*',
  'cloudwatch:DescribeAlarmsForMetric': '*',
  'cloudwatch:DescribeAlarms': '*',
  'cloudwatch:ListAlarmMuteRules': '*',
  'cloudwatch:GetAlarmMuteRule': '*',
  'cloudwatch:DescribeAlarmHistory': '*',
  'sns:GetTopicAttributes': ':sns:',
  'sns:ListSubscriptionsByTopic': ':sns:',
  'sns:GetSubscriptionAttributes': ':sns:',
  'events:ListRules': '*',
  'events:ListTargetsByRule': ':rule/*',
  'kms:DescribeKey': ':key/*',
  'kms:GetKeyPolicy': ':key/*',
  'config:PutEvaluations': '*',
  'config:ListDiscoveredResources': '*',
  'config:GetComplianceDetailsByConfigRule': ':config-rule/*',
  'sts:AssumeRole': ':role/',
  'organizations:DescribeOrganization': '*',
};

describe('the permissions of the function', () => {
  let recorded: readonly string[] = [];
  before(async function () {
    this.timeout(120_000);
    // One cell for each operation and account is enough to make every call once.
    const cells = matrix().filter(({ fault }) => fault.name === 'throttled once');
    const results = await runCells(cells, 8);
    const operations = new Set(results.flatMap(({ operations: called }) => called));
    recorded = [...operations]
      .map((operation) => `${services[operation as keyof typeof services]}:${operation}`)
      .sort();
  });

  const statements = [
    ...file('serverless.yml').matchAll(/Action: (?:\[([^\]]+)\]|([a-z]+:\w+))\n\s+Resource: (?:!Join )?(.+)/g),
  ].flatMap(([, list, one, resource = '']) =>
    (list ?? one ?? '').split(',').map((action) => ({ action: action.trim(), resource })),
  );

  it('are the calls that all recorded traffic makes, no more and no less', () => {
    const allowed = new Set([...statements.map(({ action }) => action), ...memberOnlyActions]);
    expect([...allowed].sort()).to.deep.equal(recorded);
  });

  it('have a resource type for each action, as in the service authorization reference', () => {
    expect(Object.keys(resourceOf).sort()).to.deep.equal(recorded);
    for (const { action, resource } of statements) {
      if (resourceOf[action] === '*') expect(resource, action).to.equal("'*'");
      else expect(resource, action).to.contain(resourceOf[action]);
    }
  });
});
