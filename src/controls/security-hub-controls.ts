import { cisNumbers, cisOrigins } from './cis-versions.ts';
import type { Control, PublishedText, Standard } from './control.ts';
import { MANAGEMENT_EVENT, writeCallsOf } from './control.ts';
import { signInPremises, signInReference, signInTexts } from './sign-ins.ts';

const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html';
const CIS_COPIES = 'https://github.com/turbot/steampipe-mod-aws-compliance/tree/main';
const RECORD =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html';

/** A requirement of NIST SP 800-171, in the revision that Security Hub names. */
function nist(requirement: string): Standard {
  return { name: 'NIST SP 800-171', version: 'r2', requirement };
}

/** A condition that is met by any of some event names, as the publishers write it. */
function anyOf(...names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(' || ');
}

/** A text of Security Hub, with the versions of CIS that print a text of the same meaning. */
function text(pattern: string, number: number | undefined, ...cis: readonly string[]): PublishedText {
  return { pattern, origins: [...(number === undefined ? [] : [`Security Hub CloudWatch.${number}`]), ...cis] };
}

type OwnParts = Pick<Control, 'title' | 'premises' | 'recordedIn' | 'rejectedTexts'> & {
  readonly texts: readonly [PublishedText, ...PublishedText[]];
  readonly requirements: readonly Standard[];
  readonly references?: readonly string[];
};

/** A control of Security Hub, which has the same place in the benchmark of CIS; all are of low severity. */
function securityHub(
  place: number,
  number: number,
  { texts, requirements, references = [], ...own }: OwnParts,
): Control {
  return {
    id: `CloudWatch.${number}`,
    ...own,
    filterPattern: texts[0].pattern,
    texts,
    severity: 'Low',
    category: 'Detect > Detection services',
    cis: cisNumbers(place),
    frameworks: requirements,
    references: [`${SECURITY_HUB}#cloudwatch-${number}`, CIS_COPIES, RECORD, ...references],
  };
}

const securityGroups = anyOf(
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'CreateSecurityGroup',
  'DeleteSecurityGroup',
);
const iamPolicies = anyOf(
  ...['DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy'],
  ...['CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy'],
  ...['DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy'],
);
const routeTables = anyOf(
  ...['CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation'],
  ...['DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable'],
);
const ec2Calls = { premises: writeCallsOf('ec2.amazonaws.com'), recordedIn: 'every-region' } as const;
const monitoring = [nist('3.14.6'), nist('3.14.7')];

/**
 * What AWS Security Hub asks to be watched (`CloudWatch.1` to `CloudWatch.14`), with every text that it and the CIS AWS
 * Foundations Benchmark publish. Texts that differ only in blanks and quotes are listed once.
 *
 * The events of IAM are recorded in one region. All others arise in every region: those of regional services, what the
 * root user does, calls that are refused, and sign-ins, which are recorded in the region of the sign-in endpoint.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export const securityHubControls: readonly Control[] = [
  securityHub(3, 1, {
    title: 'A log metric filter and alarm should exist for usage of the "root" user',
    texts: [
      text(
        '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
        1,
        ...cisOrigins(3),
      ),
    ],
    premises: `{ ${MANAGEMENT_EVENT} }`,
    recordedIn: 'every-region',
    requirements: [...monitoring, { name: 'PCI DSS', version: 'v3.2.1', requirement: '7.2.1' }],
  }),
  securityHub(1, 2, {
    title: 'Ensure a log metric filter and alarm exist for unauthorized API calls',
    texts: [
      text(
        '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
        2,
        ...cisOrigins(1, '1.2.0', '1.5.0'),
      ),
      text(
        '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
        undefined,
        ...cisOrigins(1, '2.0.0'),
      ),
    ],
    rejectedTexts: [
      {
        pattern:
          '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }',
        origins: cisOrigins(1, '1.3.0', '1.5.0'),
        reason: 'its exclusions are joined with `||`, so it matches nearly every event and the alarm stays in ALARM',
      },
    ],
    premises: `{ ${MANAGEMENT_EVENT} }`,
    recordedIn: 'every-region',
    requirements: [nist('3.13.1'), ...monitoring],
  }),
  securityHub(2, 3, {
    title: 'Ensure a log metric filter and alarm exist for Management Console sign-in without MFA',
    texts: [text(signInTexts.long, 3, ...cisOrigins(2, '2.0.0')), text(signInTexts.short, undefined, ...cisOrigins(2))],
    premises: signInPremises,
    recordedIn: 'every-region',
    requirements: [],
    references: [signInReference],
  }),
  securityHub(4, 4, {
    title: 'Ensure a log metric filter and alarm exist for IAM policy changes',
    texts: [
      text(`{($.eventSource=iam.amazonaws.com) && (${iamPolicies})}`, 4),
      text(`{${iamPolicies}}`, undefined, ...cisOrigins(4)),
    ],
    rejectedTexts: [
      {
        pattern: `{${iamPolicies}}`.replaceAll(/\$\.(?=eventName=Detach(Role|Group)Policy)/g, '$'),
        origins: cisOrigins(4, '1.3.0', '1.3.0'),
        reason: 'two of its selectors lack the dot after `$`, so they name no field',
      },
    ],
    premises: writeCallsOf('iam.amazonaws.com'),
    recordedIn: 'global-service-region',
    requirements: monitoring,
  }),
  securityHub(5, 5, {
    title: 'Ensure a log metric filter and alarm exist for CloudTrail configuration changes',
    texts: [
      text(
        `{${anyOf('CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging')}}`,
        5,
        ...cisOrigins(5),
      ),
    ],
    premises: writeCallsOf('cloudtrail.amazonaws.com'),
    recordedIn: 'every-region',
    requirements: [nist('3.3.8'), ...monitoring],
  }),
  securityHub(6, 6, {
    title: 'Ensure a log metric filter and alarm exist for AWS Management Console authentication failures',
    texts: [text('{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}', 6, ...cisOrigins(6))],
    premises: signInPremises,
    recordedIn: 'every-region',
    requirements: monitoring,
    references: [signInReference],
  }),
  securityHub(7, 7, {
    title: 'Ensure a log metric filter and alarm exist for disabling or scheduled deletion of customer managed keys',
    texts: [
      text(
        `{($.eventSource=kms.amazonaws.com) && (${anyOf('DisableKey', 'ScheduleKeyDeletion')})}`,
        7,
        ...cisOrigins(7),
      ),
    ],
    premises: writeCallsOf('kms.amazonaws.com'),
    recordedIn: 'every-region',
    requirements: [nist('3.13.10'), nist('3.13.16'), ...monitoring],
  }),
  securityHub(8, 8, {
    title: 'Ensure a log metric filter and alarm exist for S3 bucket policy changes',
    texts: [
      text(
        `{($.eventSource=s3.amazonaws.com) && (${anyOf(
          ...['PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication'],
          ...['DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication'],
        )})}`,
        8,
        ...cisOrigins(8),
      ),
    ],
    premises: writeCallsOf('s3.amazonaws.com'),
    recordedIn: 'every-region',
    requirements: monitoring,
  }),
  securityHub(9, 9, {
    title: 'Ensure a log metric filter and alarm exist for AWS Config configuration changes',
    texts: [
      text(
        `{($.eventSource=config.amazonaws.com) && (${anyOf(
          ...['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder'],
        )})}`,
        9,
        ...cisOrigins(9),
      ),
    ],
    premises: writeCallsOf('config.amazonaws.com'),
    recordedIn: 'every-region',
    requirements: [nist('3.3.8'), ...monitoring],
  }),
  securityHub(10, 10, {
    title: 'Ensure a log metric filter and alarm exist for security group changes',
    texts: [
      text(`{${securityGroups}}`, 10, ...cisOrigins(10, '1.2.0', '4.0.1')),
      text(`{${securityGroups} || ${anyOf('ModifySecurityGroupRules')}}`, undefined, ...cisOrigins(10, '5.0.0')),
    ],
    ...ec2Calls,
    requirements: monitoring,
  }),
  securityHub(11, 11, {
    title: 'Ensure a log metric filter and alarm exist for changes to Network Access Control Lists (NACL)',
    texts: [
      text(
        `{${anyOf(
          ...['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry'],
          ...['ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation'],
        )}}`,
        11,
        ...cisOrigins(11),
      ),
    ],
    ...ec2Calls,
    requirements: monitoring,
  }),
  securityHub(12, 12, {
    title: 'Ensure a log metric filter and alarm exist for changes to network gateways',
    texts: [
      text(
        `{${anyOf(
          ...['CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway'],
          ...['CreateInternetGateway', 'DeleteInternetGateway', 'DetachInternetGateway'],
        )}}`,
        12,
        ...cisOrigins(12),
      ),
    ],
    ...ec2Calls,
    requirements: [nist('3.3.1'), nist('3.13.1')],
  }),
  securityHub(13, 13, {
    title: 'Ensure a log metric filter and alarm exist for route table changes',
    texts: [
      text(`{($.eventSource=ec2.amazonaws.com) && (${routeTables})}`, 13),
      text(`{${routeTables}}`, undefined, ...cisOrigins(13)),
    ],
    ...ec2Calls,
    requirements: [nist('3.3.1'), nist('3.13.1'), ...monitoring],
  }),
  securityHub(14, 14, {
    title: 'Ensure a log metric filter and alarm exist for VPC changes',
    texts: [
      text(
        `{${anyOf(
          ...[
            'CreateVpc',
            'DeleteVpc',
            'ModifyVpcAttribute',
            'AcceptVpcPeeringConnection',
            'CreateVpcPeeringConnection',
          ],
          ...[
            'DeleteVpcPeeringConnection',
            'RejectVpcPeeringConnection',
            'AttachClassicLinkVpc',
            'DetachClassicLinkVpc',
          ],
          ...['DisableVpcClassicLink', 'EnableVpcClassicLink'],
        )}}`,
        14,
        ...cisOrigins(14),
      ),
    ],
    ...ec2Calls,
    requirements: [nist('3.3.1'), nist('3.13.1'), ...monitoring],
  }),
];
