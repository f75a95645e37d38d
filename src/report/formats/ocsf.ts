import { standardTitle } from '../../controls/catalog.ts';
import type { ThingField } from '../../chain/base/path-things.ts';
import { thingFields } from '../../chain/base/path-things.ts';
import { logGroupName, parseArn, resourceName } from '../../inventory/arn.ts';
import { sourceOf } from '../basis.ts';
import type { ControlFacts } from '../control-facts.ts';
import type { Failed, Result, ResultDocument } from '../result.ts';
import { codeOf } from '../result.ts';
import { asSentence, sanitizeJson } from '../sanitize-line.ts';

/** The version of the Open Cybersecurity Schema Framework that the findings follow. */
const OCSF_VERSION = '1.8.0';
const PRODUCT = 'mfa-deactivation-alarm-rule';

/**
 * Findings of the OCSF class Compliance Finding (2003), one JSON object on each line: a finding for each account and
 * control, and one for each account that could not be evaluated. AWS Security Hub writes and OCSF pipelines read findings
 * in this way.
 *
 * A satisfied account has the status Pass, a broken one Fail. What is undecided has Warning, which the schema keeps for
 * checks without a result because information is missing.
 *
 * @see https://schema.ocsf.io/1.8.0/classes/compliance_finding
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_FindingsOutput.html
 */
export function ocsfOf(document: ResultDocument): string {
  const { toolVersion, controls = [], results, failed, evaluatedAt } = document;
  const facts = new Map(controls.map((control) => [control.id, control]));
  const findings = [
    ...results.map((result) => findingOf(result, facts.get(result.control.id), evaluatedAt)),
    ...failed.map(findingOfFailed),
  ];
  const product = {
    name: PRODUCT,
    vendor_name: PRODUCT,
    ...(toolVersion === undefined ? {} : { version: toolVersion }),
  };
  return findings
    .map(({ code, ...finding }) => ({
      ...finding,
      metadata: { version: OCSF_VERSION, product, profiles: ['cloud', 'datetime'], event_code: code },
    }))
    .map((finding) => `${sanitizeJson(wellFormed(finding), 0)}\n`)
    .join('');
}

const findingClass = {
  activity_id: 1,
  activity_name: 'Create',
  category_uid: 2,
  category_name: 'Findings',
  class_uid: 2003,
  class_name: 'Compliance Finding',
  type_uid: 200301,
  type_name: 'Compliance Finding: Create',
} as const;

const statuses = {
  satisfied: { status_id: 1, status: 'Pass' },
  undecided: { status_id: 2, status: 'Warning' },
  broken: { status_id: 3, status: 'Fail' },
} as const;

/** The severities of the schema, by the word that publishers use. */
const severities = new Map([
  ['informational', { severity_id: 1, severity: 'Informational' }],
  ['low', { severity_id: 2, severity: 'Low' }],
  ['medium', { severity_id: 3, severity: 'Medium' }],
  ['high', { severity_id: 4, severity: 'High' }],
  ['critical', { severity_id: 5, severity: 'Critical' }],
]);
const unknownSeverity = { severity_id: 0, severity: 'Unknown' };
/** Nothing has to be done about what is satisfied, however severe it would be otherwise. */
const noAction = { severity_id: 1, severity: 'Informational' };

function findingOf(result: Result, facts: ControlFacts | undefined, evaluatedAt: string | undefined) {
  const { accountId, region, control, verdict, exception, parameters = {} } = result;
  const [{ finding, links }] = result.chains;
  const code = codeOf(result);
  const sentence = finding === undefined ? 'A chain holds from end to end.' : asSentence(finding.sentence);
  const severity = severities.get(facts?.severity?.toLowerCase() ?? '') ?? unknownSeverity;
  return {
    code,
    ...findingClass,
    ...timesOf(result.readAt),
    ...(verdict === 'satisfied' ? noAction : severity),
    message: `${code}: ${sentence}`,
    ...(exception === undefined
      ? { status_id: 1, status: 'New' }
      : {
          status_id: 3,
          status: 'Suppressed',
          comment: `Accepted by ${exception.owner} until ${exception.expires}: ${exception.reason}`,
        }),
    finding_info: {
      uid: `${PRODUCT}/${accountId}/${region}/${control.id}`,
      title: control.title,
      desc: sentence,
      last_seen_time: Date.parse(result.readAt),
      analytic: { uid: control.id, name: control.title, type_id: 1, type: 'Rule' },
    },
    compliance: {
      control: control.id,
      desc: control.title,
      ...(facts?.category === undefined ? {} : { category: facts.category }),
      ...statuses[verdict],
      status_code: code,
      status_details: [sentence],
      ...standardFields(facts, statuses[verdict]),
      control_parameters: [
        { name: 'filterPattern', value: control.filterPattern },
        ...(control.premises === undefined ? [] : [{ name: 'premises', value: control.premises }]),
        ...Object.entries(parameters).map(([name, value]) => ({ name, value })),
      ],
    },
    ...(finding === undefined
      ? {}
      : { remediation: { desc: asSentence(finding.fix), references: facts?.references ?? [] } }),
    cloud: {
      provider: 'AWS',
      region,
      account: { uid: accountId, name: result.name, type_id: 10, type: 'AWS Account' },
    },
    resources: resourcesOf(result),
    evidences: [
      { name: 'source', data: basisOf(result, evaluatedAt) },
      { name: 'chain', data: { links: links.map(({ link, state, subject }) => ({ link, state, subject })) } },
      ...(finding?.event === undefined ? [] : [{ name: 'example event', data: objectOf(finding.event) }]),
    ],
  };
}

/** What the finding rests on: when it was made, who read the account, when, from where, and how completely. */
function basisOf(result: Result, evaluatedAt: string | undefined) {
  const facts = sourceOf(result, evaluatedAt);
  const texts = facts.map(({ title }) => {
    const same = facts.filter((one) => one.title === title);
    return [title, same.map(({ text }) => text).join('; ')] as const;
  });
  return { ...(evaluatedAt === undefined ? {} : { evaluated: evaluatedAt }), ...Object.fromEntries(texts) };
}

/** The standards by name, the requirements with the standard of each, and each requirement as a check of its own. */
function standardFields(facts: ControlFacts | undefined, status: (typeof statuses)[Result['verdict']]) {
  const standards = facts?.standards ?? [];
  if (standards.length === 0) return {};
  const numbered = standards.flatMap(({ requirement, ...standard }) =>
    requirement === undefined ? [] : [{ requirement, title: standardTitle(standard) }],
  );
  return {
    standards: [...new Set(standards.map(standardTitle))],
    ...(numbered.length === 0
      ? {}
      : {
          requirements: numbered.map(({ requirement, title }) => `${title} ${requirement}`),
          checks: numbered.map(({ requirement, title }) => ({ uid: requirement, standards: [title], ...status })),
        }),
  };
}

/** An account that could not be evaluated is a finding too, so that it is not missed where findings are counted. */
function findingOfFailed({ name, message, failedAt }: Failed) {
  const code = 'NOT_EVALUATED';
  return {
    code,
    ...findingClass,
    ...timesOf(failedAt),
    ...unknownSeverity,
    message: `${code}: ${message}`,
    status_id: 1,
    status: 'New',
    finding_info: {
      uid: `${PRODUCT}/${code}/${name}`,
      title: 'The account could not be evaluated',
      desc: message,
      last_seen_time: Date.parse(failedAt),
    },
    compliance: { ...statuses.undecided, status_code: code, status_details: [message] },
    cloud: { provider: 'AWS' },
    resources: [{ name, type: 'AWS::::Account' }],
  };
}

function timesOf(time: string) {
  return { time: Date.parse(time), time_dt: time };
}

/**
 * The types of the things of a path, as AWS CloudFormation and AWS Config name them.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
 */
const resourceTypes: Readonly<Record<ThingField, string>> = {
  trailArn: 'AWS::CloudTrail::Trail',
  logGroupArn: 'AWS::Logs::LogGroup',
  filterName: 'AWS::Logs::MetricFilter',
  childAlarmArn: 'AWS::CloudWatch::Alarm',
  alarmArn: 'AWS::CloudWatch::Alarm',
  eventRuleArn: 'AWS::Events::Rule',
  topicArn: 'AWS::SNS::Topic',
  targetArn: 'Other',
};

/** The account, and what the nearest chain runs through. */
function resourcesOf({ accountId, region, name, chains: [{ path }] }: Result) {
  const things = thingFields.flatMap((field) => {
    const id = path[field];
    if (id === undefined) return [];
    const isComposite = field === 'alarmArn' && path.childAlarmArn !== undefined;
    const type = isComposite ? 'AWS::CloudWatch::CompositeAlarm' : resourceTypes[field];
    const arn = parseArn(id);
    if (arn === undefined) return [{ type, name: id, region }];
    const own = { cloud_partition: arn.partition, region: arn.region };
    return [{ type, uid: id, name: field === 'logGroupArn' ? logGroupName(id) : resourceName(id), ...own }];
  });
  return [{ type: 'AWS::::Account', uid: accountId, name, region }, ...things];
}

/** An example event as data; it is JSON text, which this program wrote. */
function objectOf(event: string): object {
  try {
    const parsed = JSON.parse(event) as unknown;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Shown as it is, below.
  }
  return { text: event };
}

/** Readers of JSON differ on halves of characters; some refuse the whole line. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Cs}/gu, '\uFFFD');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [wellFormed(key), wellFormed(one)]));
}
