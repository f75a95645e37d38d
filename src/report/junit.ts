import { asSentence, plain } from './plain.ts';
import type { Failed, Result, ResultDocument } from './result.ts';

/**
 * A JUnit report: a test suite for each control, a test case for each account. Broken is a failure; undecided, and what
 * could not be judged, is an error.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf({ results, failed }: ResultDocument): string {
  const controls = [...new Set(results.map(({ control }) => control.id))];
  const suites = controls.map((id) => {
    const cases = results.filter(({ control }) => control.id === id).map(caseOf);
    return suite(id, cases);
  });
  const unjudged = failed.length === 0 ? [] : [suite('not judged', failed.map(unjudgedCase))];
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, ...unjudged, '</testsuites>', ''].join(
    '\n',
  );
}

interface Case {
  readonly xml: string;
  readonly outcome: 'passed' | 'failure' | 'error';
}

function suite(name: string, cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
  return [`  <testsuite name=${attribute(name)} ${counts}>`, ...cases.map(({ xml }) => xml), '  </testsuite>'].join(
    '\n',
  );
}

function caseOf(result: Result): Case {
  const head = `    <testcase classname=${attribute(result.control.id)} name=${attribute(`${result.name} (${result.accountId} ${result.region})`)}`;
  const {
    chains: [{ finding }],
  } = result;
  if (finding === undefined) return { xml: `${head}/>`, outcome: 'passed' };
  const outcome = result.verdict === 'broken' ? 'failure' : 'error';
  const body = `${asSentence(finding.repair)}${finding.event === undefined ? '' : ` Event: ${finding.event}`}`;
  return { xml: nested(head, outcome, finding.code, `${finding.code}: ${finding.sentence}`, body), outcome };
}

function unjudgedCase({ name, message }: Failed): Case {
  const head = `    <testcase classname="not judged" name=${attribute(name)}`;
  return { xml: nested(head, 'error', 'could-not-run', message, message), outcome: 'error' };
}

function nested(head: string, tag: 'failure' | 'error', type: string, message: string, body: string): string {
  return `${head}>\n      <${tag} type=${attribute(type)} message=${attribute(message)}>${escaped(body)}</${tag}>\n    </testcase>`;
}

function attribute(text: string): string {
  return `"${escaped(text)}"`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for most control characters, escaped or not, nor for half of a character. */
function escaped(text: string): string {
  return plain(text)
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
    .replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');
}
