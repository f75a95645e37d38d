import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import type * as libxml2 from 'libxml2-wasm';
import type { XmlElement } from 'libxml2-wasm';

/**
 * A module that awaits at its top cannot be required. Whoever imported it so, mocha would load again with all of `src`,
 * and coverage would be reckoned of two copies.
 */
async function libraryWithSchema(): Promise<typeof libxml2 & { readonly validator: libxml2.XsdValidator }> {
  const library = await import('libxml2-wasm');
  const schema = library.XmlDocument.fromString(readFileSync('test/report/formats/junit.xsd', 'utf8'));
  return { ...library, validator: library.XsdValidator.fromDoc(schema) };
}
let loaded: ReturnType<typeof libraryWithSchema> | undefined;

/** A test case as somebody else's parser reads it. */
export interface ReadCase {
  readonly suite: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly body: string;
  /** What the suite says of all its cases, as `name: value`. */
  readonly properties: readonly string[];
}

/**
 * Holds a JUnit report to its schema, by libxml2, and its counts to what stands in it.
 *
 * @returns the cases
 */
export async function expectJunit(xml: string): Promise<readonly ReadCase[]> {
  const { XmlDocument, validator } = await (loaded ??= libraryWithSchema());
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    const suites = childrenOf(document.root);
    expectCounts(document.root, suites.flatMap(casesOf));
    for (const suite of suites) expectCounts(suite, casesOf(suite));
    return suites.flatMap((suite) => casesOf(suite).map((one) => read(suite, one)));
  } finally {
    document.dispose();
  }
}

function expectCounts(element: XmlElement, cases: readonly XmlElement[]): void {
  const count = (tag: string) => cases.filter((one) => childrenOf(one).some(({ name }) => name === tag)).length;
  const counts = ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(valueOf(element, name)));
  expect(counts, valueOf(element, 'name')).to.deep.equal([
    cases.length,
    count('failure'),
    count('error'),
    count('skipped'),
  ]);
}

function read(suite: XmlElement, testcase: XmlElement): ReadCase {
  const fault = childrenOf(testcase).find(({ name }) => name !== 'properties');
  const outcomes = ['failure', 'error', 'skipped'] as const;
  expect(valueOf(testcase, 'classname')).to.equal(valueOf(suite, 'name'));
  return {
    suite: valueOf(suite, 'name'),
    name: valueOf(testcase, 'name'),
    outcome: outcomes.find((name) => name === fault?.name) ?? 'passed',
    message: fault === undefined ? '' : valueOf(fault, 'message'),
    body: fault?.content ?? '',
    properties: childrenOf(suite)
      .filter(({ name }) => name === 'properties')
      .flatMap(childrenOf)
      .map((one) => `${valueOf(one, 'name')}: ${valueOf(one, 'value')}`),
  };
}

function casesOf(suite: XmlElement): readonly XmlElement[] {
  return childrenOf(suite).filter(({ name }) => name === 'testcase');
}

function childrenOf(element: XmlElement): readonly XmlElement[] {
  const children: XmlElement[] = [];
  for (let child = element.firstChild; child !== null; child = child.next) {
    if (isElement(child)) children.push(child);
  }
  return children;
}

/** Only elements have attributes. */
function isElement(node: object): node is XmlElement {
  return 'attrs' in node;
}

function valueOf(element: XmlElement, name: string): string {
  return element.attr(name)?.value ?? '';
}
