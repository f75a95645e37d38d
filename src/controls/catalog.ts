import type { Control } from './control.ts';
import { relatedControls } from './related-controls.ts';

export type { Control } from './control.ts';

/** The controls that the rule knows, the default first. */
export const catalog = [
  {
    id: 'D9.AWS.MON.25',
    title: 'Ensure a log metric filter and alarm exists for AWS MFA Deletion for IAM users',
    filterPattern: '{($.eventName=DeactivateMFADevice)}',
    premises: '{ $.eventSource = "iam.amazonaws.com" && $.eventCategory = "Management" && $.readOnly IS FALSE }',
    isGlobal: true,
    references: [
      'https://guides.spectralops.io/docs/d9_aws_mon_25',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html',
    ],
  },
  ...relatedControls,
] as const satisfies readonly [Control, ...Control[]];

/** The control with an id, or `undefined` if the catalog has none. */
export function controlById(id: string): Control | undefined {
  return catalog.find((control) => control.id === id);
}
