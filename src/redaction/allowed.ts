/** What may be shown: words of AWS's own, for each kind of field. Everything that is not listed here is a name. */
import { catalog } from '../controls/catalog.ts';
import type { Condition, Expression, Selector } from '../filter-pattern/index.ts';
import { parse } from '../filter-pattern/index.ts';
import { matchesWildcard } from '../chain/base/wildcard.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const partitions = list('aws aws-cn aws-us-gov aws-iso aws-iso-b aws-iso-e aws-iso-f aws-eusc');

/** Prefixes of services, as in ARNs, IAM actions and event sources. */
const services = list(`
  access-analyzer account acm apigateway application-autoscaling appsync athena autoscaling aws-portal backup batch
  bedrock billing budgets ce chatbot cloudformation cloudfront cloudhsm cloudtrail cloudwatch codebuild codecommit
  codedeploy codepipeline cognito-identity cognito-idp config controltower dax detective directconnect dms ds dynamodb
  ec2 ecr ecs eks elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce es events
  execute-api firehose fms glacier glue guardduty health iam identitystore imagebuilder importexport inspector
  inspector2 iot kafka kinesis kms lakeformation lambda logs macie2 monitoring mq network-firewall oam opensearch
  organizations pipes pricing ram rds redshift rekognition resource-groups route53 route53domains s3 s3control
  sagemaker scheduler secretsmanager securityhub servicecatalog ses shield signin sns sqs ssm ssm-contacts ssm-incidents
  sso sso-directory states storagegateway sts support swf tagging textract transfer trustedadvisor vpc waf wafv2
  workspaces xray`);

export function isService(text: string): boolean {
  return services.has(text);
}

/** Whether a text has the form of a region, such as `eu-west-1` or `us-gov-east-1`. */
export function isRegion(text: string): boolean {
  return /^(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)-(?:(?:gov|iso[a-f]?|de)-)?(?:(?:north|south)?(?:east|west)?|central|north|south)-\d{1,2}$/.test(
    text,
  );
}

/** Whether a text is a service principal or an event source: `cloudwatch.amazonaws.com`, also of one region. */
export function isServiceHost(text: string): boolean {
  const [, service = '', region] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/.exec(text) ?? [];
  const isEventsOfService = service === 'events' && region !== undefined && isService(region);
  return isService(service) && (region === undefined || isRegion(region) || isEventsOfService);
}

/** Types of resources, as they are written before a name in an ARN. */
export const resourceTypes = list(`
  user group role assumed-role federated-user instance-profile policy mfa sms-mfa saml-provider oidc-provider
  server-certificate key alias trail alarm log-group log-stream function rule event-bus automation-definition
  document response-plan instance`);

/** Names of fields of CloudTrail records, and of what is in them. */
const fields = list(`
  eventVersion eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestParameters
  responseElements additionalEventData requestID eventID eventType apiVersion managementEvent readOnly resources
  recipientAccountId serviceEventDetails sharedEventID vpcEndpointId vpcEndpointAccountId eventCategory addendum
  sessionCredentialFromConsole edgeDeviceDetails tlsDetails tlsVersion cipherSuite clientProvidedHostHeader userIdentity
  type userName principalId arn accountId accessKeyId sessionContext invokedBy sessionIssuer webIdFederationData
  attributes mfaAuthenticated creationDate identityProvider credentialId onBehalfOf userId identityStoreArn inScopeOf
  sourceArn sourceAccount issuerType credentialsIssuedTo insightDetails ARN MFAUsed MobileVersion LoginTo ConsoleLogin
  SwitchRole serialNumber roleArn roleSessionName policyArn policyDocument roleName groupName groupId bucketName name
  trailName keyId maxResults publiclyAccessible logGroupName tags key value items`);

/** Fields that CloudWatch Logs adds, as they are written in dimensions and selections. */
const systemFields = list('@aws.account @aws.region');

export function isFieldName(name: string): boolean {
  return fields.has(name) || systemFields.has(name);
}

/** Values by the last name of the field: what the controls compare it with, and what AWS documents. */
const values = new Map<string, Set<string>>();
function allow(field: string, text: string): void {
  for (const value of list(text)) values.set(field, (values.get(field) ?? new Set()).add(value));
}
allow('eventType', 'AwsApiCall AwsServiceEvent AwsConsoleAction AwsConsoleSignIn AwsVpceEvent AwsCloudTrailInsight');
allow('eventCategory', 'Management Data Insight NetworkActivity');
allow('type', 'Root IAMUser AssumedRole Role FederatedUser Directory AWSAccount AWSService IdentityCenterUser');
allow('type', 'SAMLUser WebIdentityUser Unknown');
allow('MFAUsed', 'Yes No');
allow('ConsoleLogin', 'Success Failure');
allow('errorCode', 'AccessDenied AccessDeniedException UnauthorizedOperation Client.UnauthorizedOperation');
allow('eventName', 'EnableMFADevice DeactivateMFADevice DeleteVirtualMFADevice CreateVirtualMFADevice ResyncMFADevice');
allow('eventName', 'CreateAccessKey DeleteAccessKey UpdateAccessKey CreateUser DeleteUser CreateLoginProfile');
allow('eventName', 'UpdateLoginProfile DeleteLoginProfile AddUserToGroup AssumeRole GetSessionToken SwitchRole');
allow('eventName', 'HeadBucket PutObject GetObject Decrypt Encrypt GenerateDataKey RunInstances TerminateInstances');
allow('eventName', 'ModifySecurityGroupRules DescribeAlarms ListUsers GetUser');
values.set('errorMessage', new Set(['Failed authentication']));
// The envelope in which EventBridge delivers a record:
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
allow('version', '0');
values.set('source', new Set([...services].map((service) => `aws.${service}`)));
const trailEvents = ['API Call', 'Console Sign In', 'Console Signin', 'Console Action', 'Service Event', 'Insight'];
values.set(
  'detail-type',
  new Set([...trailEvents, 'Network Activity Event'].map((what) => `AWS ${what} via CloudTrail`)),
);

for (const control of catalog) {
  for (const text of textsIn(control)) {
    const parsed = parse(text);
    if (parsed.kind !== 'parsed' || parsed.pattern.kind !== 'json') continue;
    for (const condition of conditionsIn(parsed.pattern.expression)) {
      if (condition.kind !== 'equality' || condition.value.kind !== 'word') continue;
      const field = lastName(condition.selector);
      values.set(field, (values.get(field) ?? new Set()).add(condition.value.text));
    }
  }
}

/** Every text of a control, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Every condition of an expression, however deep. */
export function conditionsIn(expression: Expression): readonly Condition[] {
  return 'operands' in expression ? expression.operands.flatMap(conditionsIn) : [expression];
}

/** The name of the field that a selector ends in. */
export function lastName(selector: Selector): string {
  const names = selector.flatMap((step) => (step.kind === 'field' ? [step.name] : []));
  return names.at(-1) ?? '';
}

const booleans = list('true false null');
const regionFields = list('awsRegion @aws.region region');
const hostFields = list('eventSource invokedBy sourceIPAddress userAgent');

/** Names in the form of a region; most of them are regions. */
const regions = ['af', 'ap', 'ca', 'cn', 'eu', 'il', 'me', 'mx', 'sa', 'us', 'us-gov'].flatMap((area) =>
  ['central', 'north', 'south', 'east', 'west', 'northeast', 'northwest', 'southeast', 'southwest'].flatMap((side) =>
    ['1', '2', '3', '4', '5', '6', '7'].map((number) => `${area}-${side}-${number}`),
  ),
);

/** The values that AWS itself writes into a field, as far as they are listed. */
function valuesOf(field: string): readonly string[] {
  const own = [...(values.get(field) ?? [])];
  if (regionFields.has(field)) return [...own, ...regions];
  return hostFields.has(field) ? [...own, ...[...services].map((service) => `${service}.amazonaws.com`)] : own;
}

/** The longest name of a call that is a part of a text, such as of a misspelt name; empty if there is none. */
export function callIn(text: string): string {
  const [longest = ''] = valuesOf('eventName')
    .filter((name) => text.includes(name))
    .sort((a, b) => b.length - a.length);
  return longest;
}

/** Whether a field may be shown with a value, in which `*` stands for any characters. */
export function isValueOf(field: string, text: string): boolean {
  if (booleans.has(text)) return true;
  if (regionFields.has(field) && isRegion(text)) return true;
  if (hostFields.has(field) && isServiceHost(text)) return true;
  return values.get(field)?.has(text) === true || (text.includes('*') && isPartOfValue(field, wildcard(text)));
}

/**
 * Whether a text that is asked for is a part of a value that AWS writes into a field.
 *
 * @param isPart - whether it is one of a value
 */
export function isPartOfValue(field: string, isPart: (value: string) => boolean): boolean {
  return valuesOf(field).some(isPart);
}

function wildcard(text: string): (value: string) => boolean {
  return (value) => matchesWildcard(text, value);
}

/** Words that say nothing of an account wherever they are: of records, of services, and of what controls look for. */
const vocabulary = new Set([
  ...['amazonaws', 'com', 'aws', 'arn', 'true', 'false', 'null', 'Error', 'ERROR', 'error', 'AWS'],
  ...['NOT', 'EXISTS', 'IS', 'NULL', 'TRUE', 'FALSE', 'AND', 'OR'],
  ...fields,
  ...services,
  ...[...values.values()].flatMap((own) => [...own].flatMap((value) => value.match(/[A-Za-z0-9]+/g) ?? [])),
]);

// The message of a log event is the record as it is written, with the names and the values of all fields.
values.set('@message', vocabulary);

/** Whether each word of a text is one of AWS's own. */
export function isVocabulary(text: string): boolean {
  return (text.match(/[A-Za-z0-9\u0080-\uffff]+/g) ?? []).every((word) => /^\d$/.test(word) || vocabulary.has(word));
}
