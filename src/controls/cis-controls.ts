import { cisNumbers, cisOrigins } from './cis-versions.ts';
import type { Control } from './control.ts';
import { writeCallsOf } from './control.ts';
import { signInPremises, signInReference, signInTexts } from './sign-ins.ts';

const organizationCalls = [
  'AcceptHandshake',
  'AttachPolicy',
  'CreateAccount',
  'CreateOrganizationalUnit',
  'CreatePolicy',
  'DeclineHandshake',
  'DeleteOrganization',
  'DeleteOrganizationalUnit',
  'DeletePolicy',
  'DetachPolicy',
  'DisablePolicyType',
  'EnablePolicyType',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'MoveAccount',
  'RemoveAccountFromOrganization',
  'UpdatePolicy',
  'UpdateOrganizationalUnit',
];
const organizationChanges = `{ ($.eventSource = organizations.amazonaws.com) && (${organizationCalls
  .map((name) => `($.eventName = "${name}")`)
  .join(' || ')}) }`;

/**
 * What only the CIS AWS Foundations Benchmark asks to be watched. Each control has the number of the version that first
 * had it; `cis` has the others.
 */
export const cisControls: readonly Control[] = [
  {
    id: 'CIS-1.2.0-3.2',
    title: 'Ensure a log metric filter and alarm exist for Management Console sign-in without MFA',
    filterPattern: signInTexts.short,
    texts: [
      { pattern: signInTexts.short, origins: cisOrigins(2) },
      { pattern: signInTexts.long, origins: ['Security Hub CloudWatch.3', ...cisOrigins(2, '2.0.0')] },
    ],
    premises: signInPremises,
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    recordedIn: 'every-region',
    cis: cisNumbers(2),
    references: [
      'https://github.com/turbot/steampipe-mod-aws-compliance/blob/main/cis_v120/docs/cis_v120_3_2.md',
      signInReference,
    ],
  },
  {
    id: 'CIS-1.3.0-4.15',
    title: 'Ensure a log metric filter and alarm exists for AWS Organizations changes',
    filterPattern: organizationChanges,
    texts: [{ pattern: organizationChanges, origins: cisOrigins(15, '1.3.0') }],
    rejectedTexts: [
      {
        pattern: organizationChanges.replace('"AcceptHandshake"', 'AcceptHandshake"'),
        origins: cisOrigins(15, '6.0.0', '6.0.0'),
        reason: 'a quotation mark is missing, so it is not a filter pattern',
      },
    ],
    premises: writeCallsOf('organizations.amazonaws.com'),
    recordedIn: 'global-service-region',
    cis: cisNumbers(15, '1.3.0'),
    references: [
      'https://github.com/turbot/steampipe-mod-aws-compliance/blob/main/cis_v130/docs/cis_v130_4_15.md',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html',
    ],
  },
];
