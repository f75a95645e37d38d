import { thingFields } from '../../chain/base/path-things.ts';
import { summarizeStandards } from '../../controls/catalog.ts';
import type { Place } from '../../inventory/place.ts';
import { rulesOf, sourceOf } from '../basis.ts';
import type { ControlFacts } from '../control-facts.ts';
import type { Failed, Result, ResultDocument } from '../result.ts';
import { codeOf } from '../result.ts';
import { asSentence, sanitizeJson, sanitizeLine } from '../sanitize-line.ts';

const PRODUCT = 'mfa-deactivation-alarm-rule';
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * A SARIF 2.1.0 log, for code scanning: a rule for each control, and a result for each account that is not satisfied. It
 * points to the resource of a plan or a template, with file and line where the format has them; of a live account and of
 * a snapshot to the ARN of the last thing that the chain reached.
 *
 * A satisfied account is no result, since readers of SARIF take each result for an alert. An account that could not be
 * evaluated is a notification of the tool.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifOf(document: ResultDocument): string {
  const { toolVersion, controls = [], results, failed } = document;
  const rules = [...new Map(results.map(({ control }) => [control.id, control])).values()];
  const facts = new Map(controls.map((control) => [control.id, control]));
  const shown = results.filter(({ verdict }) => verdict !== 'satisfied');
  const run = {
    tool: {
      driver: {
        name: PRODUCT,
        ...(toolVersion === undefined ? {} : { version: toolVersion, semanticVersion: toolVersion }),
        rules: rules.map((control) => ruleOf(control, facts.get(control.id))),
      },
    },
    columnKind: 'utf16CodeUnits',
    // A property bag may hold anything: under which rules it was judged, and what each account was read from.
    properties: { rules: rulesOf(document), sources: sourcesOf(document) },
    invocations: [{ executionSuccessful: failed.length === 0, toolExecutionNotifications: failed.map(notificationOf) }],
    results: shown.map((result) =>
      resultOf(
        result,
        rules.findIndex(({ id }) => id === result.control.id),
      ),
    ),
  };
  return `${sanitizeJson(wellFormed({ $schema: SCHEMA, version: '2.1.0', runs: [run] }))}\n`;
}

/** What the result of each account rests on. */
function sourcesOf({ results, evaluatedAt }: ResultDocument) {
  const accounts = new Map(results.map((result) => [JSON.stringify([result.name, result.region]), result]));
  return [...accounts.values()].map((result) => {
    const { name, accountId, region } = result;
    return { name, accountId, region, facts: sourceOf(result, evaluatedAt) };
  });
}

/** How severe code scanning shows it, from 0.0 to 10.0, by the word that publishers use. */
const severities = new Map([
  ['low', '3.0'],
  ['medium', '5.5'],
  ['high', '8.0'],
  ['critical', '9.5'],
]);

function ruleOf({ id, title, filterPattern }: Result['control'], facts: ControlFacts | undefined) {
  const severity = severities.get(facts?.severity?.toLowerCase() ?? '');
  const [address] = (facts?.references ?? []).filter((one) => /^https:\/\/[\w./#?=&%-]+$/.test(one));
  const standards = facts === undefined || facts.standards.length === 0 ? '' : summarizeStandards(facts.standards);
  const description = `An event that matches ${filterPattern} notifies a person.`;
  return {
    id: sanitizeLine(id),
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(description) },
    help: { text: plain(standards === '' ? description : `${description} Standards: ${standards}.`) },
    ...(address === undefined ? {} : { helpUri: address }),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['security'], ...(severity === undefined ? {} : { 'security-severity': severity }) },
  };
}

/** The kind of a result; any other than `fail` has no level. */
const kinds = {
  satisfied: { kind: 'pass', level: 'none' },
  broken: { kind: 'fail', level: 'error' },
  undecided: { kind: 'open', level: 'none' },
} as const;

function resultOf(result: Result, ruleIndex: number) {
  const { accountId, region, control, verdict, exception, chains, name, readAt } = result;
  const [{ finding, place, links }] = chains;
  const code = codeOf(result);
  const sentence = finding === undefined ? '' : ` ${asSentence(finding.sentence)} ${asSentence(finding.fix)}`;
  const related = links.flatMap(({ place: other, subject }) =>
    other === undefined || other.address === place?.address
      ? []
      : [{ ...locationOf(other), message: { text: plain(subject) } }],
  );
  return {
    ruleId: sanitizeLine(control.id),
    ruleIndex,
    ...kinds[verdict],
    message: { text: plain(`${code}:${sentence}`) },
    locations: [place === undefined ? accountLocation(result) : locationOf(place)],
    ...(related.length === 0 ? {} : { relatedLocations: related.map((one, id) => ({ id, ...one })) }),
    partialFingerprints: { 'accountRegionControl/v1': `${accountId}/${region}/${control.id}` },
    suppressions:
      exception === undefined
        ? []
        : [
            {
              kind: 'external',
              status: 'accepted',
              justification: sanitizeLine(`${exception.reason} (${exception.owner}, until ${exception.expires})`),
            },
          ],
    properties: {
      code,
      account: accountId,
      region,
      name,
      readAt,
      ...(finding?.event === undefined ? {} : { event: finding.event }),
    },
  };
}

/** Where a plan or a template declares a thing. */
function locationOf({ address, file, line }: Place) {
  const region = line === undefined ? {} : { region: { startLine: line } };
  return {
    ...(file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }),
    logicalLocations: [{ fullyQualifiedName: sanitizeLine(address), kind: 'resource' }],
  };
}

/** The last thing that the nearest chain reached; the account itself, if it reached none. */
function accountLocation({ accountId, region, chains: [{ path }] }: Result) {
  const last = thingFields.flatMap((field) => path[field] ?? []).findLast((id) => id.startsWith('arn:'));
  const name = last ?? `${accountId}/${region}`;
  return { logicalLocations: [{ fullyQualifiedName: sanitizeLine(name), kind: 'resource' }] };
}

/** A file as a reference: relative to where the program runs, or absolute. */
function uriOf(file: string): string {
  const path = wellFormedText(file).replaceAll('\\', '/');
  const encoded = path
    .split('/')
    .map((step) => encodeURIComponent(step))
    .join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path.charAt(0)}:${encoded.slice('C%3A'.length)}`;
  return encoded;
}

function notificationOf({ name, message, failedAt }: Failed) {
  return {
    level: 'error',
    timeUtc: failedAt,
    message: { text: plain(`${name} was not evaluated: ${message}`) },
  };
}

/**
 * A plain text message: brackets would make a link of it, and braces a placeholder (sections 3.11.5 and 3.11.6 of the standard).
 */
function plain(text: string): string {
  return sanitizeLine(text)
    .replaceAll(/[\\[\]]/g, (sign) => `\\${sign}`)
    .replaceAll(/[{}]/g, (sign) => sign + sign);
}

/** Half of a character is not valid text for other JSON readers. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return wellFormedText(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [wellFormedText(key), wellFormed(one)]));
}

function wellFormedText(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}
