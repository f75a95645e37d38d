import { standardTitle } from '../../controls/catalog.ts';
import type { ControlFacts } from '../control-facts.ts';
import { rulesOf, sourceOf } from '../basis.ts';
import { freeName } from '../free-name.ts';
import { asSentence, sanitizeLine } from '../sanitize-line.ts';
import type { Failed, Result, ResultDocument } from '../result.ts';

/**
 * A JUnit report: a test suite for each control, with what its publishers say of it as properties; a test case for each account. Broken is a failure; undecided, and what
 * could not be judged, is an error; what somebody accepts is skipped, so that it does not fail a build. No two cases of a suite have the same name, since who reads it takes them for one.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf(document: ResultDocument): string {
  const { controls: facts = [], results, failed, evaluatedAt } = document;
  const controls = [...new Set(results.map(({ control }) => control.id))];
  const judged = controls.map((id) => ({
    name: id,
    properties: [...propertiesOf(facts.find((one) => one.id === id)), ...rulesProperties(document, id)],
    cases: results.filter(({ control }) => control.id === id).map((result) => caseOf(result, evaluatedAt)),
  }));
  const suites = failed.length === 0 ? judged : [...judged, { name: NOT_JUDGED, cases: failed.map(unjudgedCase) }];
  const head = `<testsuites name="mfa-deactivation-alarm-rule" ${counts(suites.flatMap(({ cases }) => cases))}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    ...suites.map((suite) => suiteXml(suite, evaluatedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

const NOT_JUDGED = 'not judged';

interface Property {
  readonly name: string;
  readonly value: string;
}

interface Case {
  readonly name: string;
  /** What the answer rests on. */
  readonly properties?: readonly Property[];
  readonly fault?: {
    readonly tag: 'failure' | 'error';
    readonly type: string;
    readonly message: string;
    readonly body: string;
  };
  /** Why somebody accepts the fault. */
  readonly accepted?: string;
}

interface Suite {
  readonly name: string;
  readonly properties?: readonly Property[];
  readonly cases: readonly Case[];
}

/** What the publishers of a control say of it; a property for each standard, as readers expect one value in each. */
function propertiesOf(facts: ControlFacts | undefined): readonly Property[] {
  if (facts === undefined) return [];
  const { title, severity, standards } = facts;
  return [
    { name: 'title', value: title },
    ...(severity === undefined ? [] : [{ name: 'severity', value: severity }]),
    ...standards.map((one) => ({
      name: 'standard',
      value: one.requirement === undefined ? standardTitle(one) : `${standardTitle(one)} ${one.requirement}`,
    })),
  ];
}

/** Under which rules the cases of a control were judged. */
function rulesProperties({ results, ...document }: ResultDocument, id: string): readonly Property[] {
  const own = results.filter(({ control }) => control.id === id);
  return rulesOf({ ...document, results: own })
    .filter(({ title }) => title !== 'control')
    .map(({ title, text }) => ({ name: title, value: text }));
}

function caseOf(result: Result, evaluatedAt: string | undefined): Case {
  const { accountId, region, verdict } = result;
  const place = result.name.includes(accountId) ? region : `(${accountId} ${region})`;
  const name = `${result.name} ${place}`;
  const {
    chains: [{ finding }],
  } = result;
  const properties = sourceOf(result, evaluatedAt).map(({ title, text }) => ({
    name: title.replace(' ', '-'),
    value: text,
  }));
  if (finding === undefined) return { name, properties };
  const { code, sentence, fix, event } = finding;
  const tag = verdict === 'broken' ? 'failure' : 'error';
  const body = `${asSentence(fix)}${event === undefined ? '' : ` Event: ${event}`}`;
  const fault = { tag, type: code, message: `${code}: ${sentence}`, body } as const;
  return { name, properties, fault, ...acceptedOf(result) };
}

function acceptedOf({ verdict, exception }: Result): Pick<Case, 'accepted'> {
  if (exception === undefined) return {};
  const { reason, owner, expires } = exception;
  return { accepted: `${verdict}, excepted until ${expires} by ${owner}: ${reason}` };
}

function unjudgedCase({ name, message }: Failed): Case {
  return { name, fault: { tag: 'error', type: 'could-not-run', message, body: message } };
}

function counts(cases: readonly Case[]): string {
  const count = (tag: 'failure' | 'error') =>
    cases.filter(({ fault, accepted }) => fault?.tag === tag && accepted === undefined).length;
  const skipped = cases.filter(({ accepted }) => accepted !== undefined).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${skipped}"`;
}

function suiteXml({ name, properties = [], cases }: Suite, evaluatedAt: string | undefined): string {
  const time = evaluatedAt === undefined ? '' : ` timestamp=${attribute(evaluatedAt)}`;
  const head = `  <testsuite name=${attribute(name)}${time} ${counts(cases)}>`;
  const taken = new Set<string>();
  const lines = cases.map((one) => {
    const free = freeName(escaped(one.name), (name) => taken.has(name), ' #');
    taken.add(free);
    return caseXml(name, free, one);
  });
  return [head, ...propertiesXml(properties, '    '), ...lines, '  </testsuite>'].join('\n');
}

function propertiesXml(properties: readonly Property[], indent: string): readonly string[] {
  if (properties.length === 0) return [];
  const lines = properties.map(
    ({ name, value }) => `${indent}  <property name=${attribute(name)} value=${attribute(value)}/>`,
  );
  return [`${indent}<properties>`, ...lines, `${indent}</properties>`];
}

/** @param name - escaped already */
function caseXml(suite: string, name: string, { properties = [], fault, accepted }: Case): string {
  const head = `    <testcase classname=${attribute(suite)} name="${name}"`;
  const inner = [...propertiesXml(properties, '      '), ...(fault === undefined ? [] : [faultXml(fault, accepted)])];
  return inner.length === 0 ? `${head}/>` : [`${head}>`, ...inner, '    </testcase>'].join('\n');
}

function faultXml({ tag, type, message, body }: NonNullable<Case['fault']>, accepted: string | undefined): string {
  if (accepted !== undefined) {
    return `      <skipped message=${attribute(`${accepted}; ${message}`)}>${escaped(body)}</skipped>`;
  }
  return `      <${tag} type=${attribute(type)} message=${attribute(message)}>${escaped(body)}</${tag}>`;
}

function attribute(text: string): string {
  return `"${escaped(text)}"`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for most control characters, escaped or not, nor for half of a character. */
function escaped(text: string): string {
  return sanitizeLine(text)
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
    .replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');
}
