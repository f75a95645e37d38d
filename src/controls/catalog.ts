import { cisControls } from './cis-controls.ts';
import type { Control } from './control.ts';
import { writeCallsOf } from './control.ts';
import { securityHubControls } from './security-hub-controls.ts';

export type { Control, PublishedText, RecordedIn, RejectedText, Standard } from './control.ts';
export { MANAGEMENT_EVENT } from './control.ts';
export { standardsOf, standardTitle, summarizeStandards } from './standards.ts';

const cloudGuardText = '{($.eventName=DeactivateMFADevice)}';

/** The default: what the rule is named for. No version of the CIS benchmark, and no Security Hub control, asks for it. */
const mfaDeactivation: Control = {
  id: 'D9.AWS.MON.25',
  title: 'Ensure a log metric filter and alarm exists for AWS MFA Deletion for IAM users',
  filterPattern: cloudGuardText,
  texts: [{ pattern: cloudGuardText, origins: ['Check Point CloudGuard D9.AWS.MON.25'] }],
  premises: writeCallsOf('iam.amazonaws.com'),
  recordedIn: 'global-service-region',
  severity: 'Low',
  category: 'Management Tools',
  cis: {},
  frameworks: [
    { name: 'AWS CloudGuard Best Practices' },
    { name: 'AWS CloudGuard SOC2 based on AICPA TSC 2017' },
    { name: 'AWS HITRUST v11.0.0' },
    { name: 'AWS ISO27001:2022' },
    { name: 'AWS MITRE ATT&CK Framework v11.3' },
    { name: 'AWS NIST 800-53 Rev 5' },
    { name: 'AWS PCI-DSS 4.0' },
    { name: 'CloudGuard AWS All Rules Ruleset' },
  ],
  references: [
    'https://guides.spectralops.io/docs/d9_aws_mon_25',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_iam.html',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html',
  ],
};

/** The controls that the rule knows, the default first. */
export const catalog: readonly [Control, ...Control[]] = [mfaDeactivation, ...securityHubControls, ...cisControls];

/** The control with an id, or `undefined` if the catalog has none. */
export function controlById(id: string): Control | undefined {
  return catalog.find((control) => control.id === id);
}
