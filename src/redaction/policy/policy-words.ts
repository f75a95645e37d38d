import { matchesWildcard } from '../../chain/base/wildcard.ts';
import { isService } from '../allowed.ts';
import type { Names } from '../names.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators = list(`
  StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike NumericEquals
  NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals DateEquals
  DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool BinaryEquals IpAddress
  NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null`);

/** The operator without what says how many values are compared; `undefined` if it is not one of AWS's. */
export function operatorOf(text: string): string | undefined {
  const operator = text.replace(/^(?:ForAnyValue|ForAllValues):/, '').replace(/IfExists$/, '');
  return operators.has(operator) ? operator : undefined;
}

/** Whether `*` and `?` are wildcards under an operator. Under `StringEquals` they are characters like others. */
export function isOperatorWithWildcards(text: string): boolean {
  return /^(?:String(?:Not)?Like|Arn)/.test(operatorOf(text) ?? '');
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, in lower case. */
const conditionKeys = list(`
  aws:principalarn aws:principalaccount aws:principalorgpaths aws:principalorgid aws:principalisawsservice
  aws:principalservicename aws:principalservicenameslist aws:principaltype aws:userid aws:username aws:assumedroot
  aws:federatedprovider aws:tokenissuetime aws:signinsessionarn aws:multifactorauthage aws:multifactorauthpresent
  aws:chatbotsourcearn aws:ec2instancesourcevpc aws:ec2instancesourceprivateipv4 aws:sourceidentity aws:sourceip
  aws:sourcevpc aws:sourcevpcarn aws:sourcevpce aws:vpceaccount aws:vpceorgid aws:vpceorgpaths aws:vpcsourceip
  aws:resourceaccount aws:resourceorgid aws:resourceorgpaths aws:calledvia aws:calledviafirst aws:calledvialast
  aws:viaawsservice aws:currenttime aws:epochtime aws:referer aws:requestedregion aws:tagkeys aws:securetransport
  aws:sourceaccount aws:sourcearn aws:sourceowner aws:sourceorgid aws:sourceorgpaths aws:useragent sns:endpoint
  sns:protocol kms:viaservice kms:calleraccount kms:encryptioncontextkeys kms:encryptioncontext:aws:sns:topicarn
  kms:grantisforawsresource kms:resourcealiases kms:requestalias kms:keyspec kms:keyusage kms:keyorigin`);

/** Keys such as `aws:ResourceTag/Team` and `accounts.google.com:aud` name what somebody chose. */
export function isConditionKey(key: string): boolean {
  return conditionKeys.has(key.toLowerCase());
}

/** Actions of the services that a topic and its key belong to, in lower case. */
const actions = list(`
  sns:addpermission sns:checkifphonenumberisoptedout sns:confirmsubscription sns:createtopic sns:deletetopic
  sns:getdataprotectionpolicy sns:getsubscriptionattributes sns:gettopicattributes sns:listsubscriptions
  sns:listsubscriptionsbytopic sns:listtagsforresource sns:listtopics sns:publish sns:putdataprotectionpolicy
  sns:removepermission sns:setsubscriptionattributes sns:settopicattributes sns:subscribe sns:tagresource sns:unsubscribe
  sns:untagresource sns:receive kms:cancelkeydeletion kms:createalias kms:creategrant kms:createkey kms:decrypt
  kms:deletealias kms:deleteimportedkeymaterial kms:describekey kms:disablekey kms:disablekeyrotation kms:enablekey
  kms:enablekeyrotation kms:encrypt kms:generatedatakey kms:generatedatakeypair kms:generatedatakeypairwithoutplaintext
  kms:generatedatakeywithoutplaintext kms:generatemac kms:generaterandom kms:getkeypolicy kms:getkeyrotationstatus
  kms:getparametersforimport kms:getpublickey kms:importkeymaterial kms:listaliases kms:listgrants kms:listkeypolicies
  kms:listkeyrotations kms:listkeys kms:listresourcetags kms:listretirablegrants kms:putkeypolicy kms:reencryptfrom
  kms:reencryptto kms:replicatekey kms:retiregrant kms:revokegrant kms:rotatekeyondemand kms:schedulekeydeletion kms:sign
  kms:synchronizemultiregionkey kms:tagresource kms:untagresource kms:updatealias kms:updatekeydescription
  kms:updateprimaryregion kms:verify kms:verifymac`);

/** An action that AWS has, or a pattern of such, stays. */
export function redactAction(action: string, names: Names): string {
  const lower = action.toLowerCase();
  if (lower === '*' || [...actions].some((known) => matchesWildcard(lower, known))) return action;
  const [service = '', ...rest] = action.split(':');
  return isService(service.toLowerCase()) && rest.length > 0
    ? `${service}:${names.text(rest.join(':'))}`
    : names.text(action);
}
