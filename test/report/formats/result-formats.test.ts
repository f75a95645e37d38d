import { expect } from 'chai';
import fc from 'fast-check';

import { csvOf } from '../../../src/report/formats/csv.ts';
import { junitOf } from '../../../src/report/formats/junit.ts';
import { controlFactsOf } from '../../../src/report/control-facts.ts';
import { jsonLinesOf } from '../../../src/report/formats/json-lines.ts';
import { markdownOf } from '../../../src/report/formats/markdown.ts';
import { htmlPage } from '../../../src/report/formats/html/page.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import {
  ACCOUNT,
  NOW,
  arbitraryDocument,
  documentOf,
  exceptedResultOf,
  factsWith,
  nasty,
  resultOf,
} from '../../support/formats/arbitrary-results.ts';
import { expectCsv } from '../../support/formats/csv-table.ts';
import { expectJunit } from '../../support/formats/junit-report.ts';

/** What is left to compare once everything is gone that a line of text, or XML, has no place for. */
const visible = (text: string) => text.replaceAll(/[\p{C}\p{Z}\s\uFFFD]+/gu, '');

describe('results as a JUnit report', () => {
  it('are valid, and a case each, whatever things are called', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, async (document) => {
        const cases = await expectJunit(junitOf(document));
        expect(cases).to.have.lengthOf(document.results.length + document.failed.length);
        for (const { name, message } of document.failed) {
          const found = cases.filter(({ suite }) => suite === 'not judged').map((one) => visible(one.message));
          expect(found).to.include(visible(message));
          expect(cases.some((one) => visible(one.name).startsWith(visible(name)))).to.equal(true);
        }
        for (const { name, verdict } of document.results) {
          const found = cases.find((one) => visible(one.name).startsWith(visible(name)));
          expect(found, name).not.to.equal(undefined);
          if (verdict !== 'satisfied') {
            expect(cases.some(({ body }) => visible(body).includes(visible(`Event: ${name}`)))).to.equal(true);
          }
        }
      }),
      {
        numRuns: 60,
        examples: nasty.map((text): [ResultDocument] => [
          { ...documentOf(resultOf(text, 'broken')), controls: [factsWith(text)] },
        ]),
      },
    );
  });

  it('distinguish broken, undecided, and what could not be evaluated', async () => {
    const document = {
      ...documentOf(resultOf('a', 'satisfied'), resultOf('b', 'broken'), resultOf('c', 'undecided')),
      failed: [{ name: 'd', message: 'no such file', failedAt: NOW }],
    };
    const cases = await expectJunit(junitOf(document));
    expect(cases.map(({ name, outcome, message }) => [name, outcome, message])).to.deep.equal([
      [`a (${ACCOUNT} eu-west-1)`, 'passed', ''],
      [`b (${ACCOUNT} eu-west-1)`, 'failure', 'NO_ALARM: b'],
      [`c (${ACCOUNT} eu-west-1)`, 'error', 'NO_ALARM: c'],
      ['d', 'error', 'no such file'],
    ]);
  });

  it('skip what somebody accepts, and say why, whatever things are called', async () => {
    for (const text of nasty) {
      const [only] = await expectJunit(junitOf(documentOf(exceptedResultOf(text, 'broken'))));
      expect(only?.outcome).to.equal('skipped');
      expect(visible(only?.message ?? '')).to.contain(visible(`broken, excepted until 2027-03-31 by ${text}: ${text}`));
    }
  });

  it('name the account once, and no two cases alike', async () => {
    const named = resultOf(`prod (${ACCOUNT})`, 'satisfied');
    const cases = await expectJunit(junitOf(documentOf(named, named, named)));
    const names = cases.map(({ name }) => name);
    const first = `prod (${ACCOUNT}) eu-west-1`;
    expect(names).to.deep.equal([first, `${first} #2`, `${first} #3`]);
  });

  const wrong = [
    ['no XML', (xml: string) => xml.replace('</testsuites>', '')],
    ['an attribute that there is not', (xml: string) => xml.replace('<testcase', '<testcase colour="red"')],
    ['a count that is wrong', (xml: string) => xml.replaceAll('tests="1"', 'tests="2"')],
    ['a count that is missing', (xml: string) => xml.replace(' errors="0"', '')],
    ['two cases of one name', (xml: string) => xml.replace(/( *<testcase[^]*<\/testcase>\n)/, '$1$1')],
  ] as const;
  for (const [what, change] of wrong) {
    it(`are not valid with ${what}`, async () => {
      const xml = junitOf(documentOf(resultOf('a', 'broken')));
      const refused = await expectJunit(change(xml)).then(
        () => false,
        () => true,
      );
      expect(refused).to.equal(true);
    });
  }
});

describe('results as a table', () => {
  it('have every cell in its column, and none that is a formula, whatever things are called', () => {
    fc.assert(
      fc.property(arbitraryDocument, ({ results, failed, ...rest }) => {
        const rows = expectCsv(csvOf({ ...rest, results, failed }));
        const same = (cells: readonly string[]) => cells.map((cell) => visible(cell).replaceAll("'", ''));
        expect(rows.map(([name = '', , , , , , , sentence = '']) => same([name, sentence]))).to.deep.equal([
          ...results.map(({ name, verdict }) => same([name, verdict === 'satisfied' ? '' : name])),
          ...failed.map(({ name, message }) => same([name, message])),
        ]);
      }),
      {
        numRuns: 60,
        examples: [...nasty, `"a" and 'b'&amp; &#0;`].map((text): [ResultDocument] => [
          { ...documentOf(resultOf(text, 'broken')), controls: [factsWith(text)] },
        ]),
      },
    );
  });

  it('say who accepts a finding, why and until when', () => {
    const header = csvOf(documentOf()).split('\r\n')[0]?.split(',') ?? [];
    const [row = []] = expectCsv(csvOf(documentOf(exceptedResultOf('calm', 'broken'))));
    const cells = ['exceptionReason', 'exceptionOwner', 'exceptionExpires'].map((name) => row[header.indexOf(name)]);
    expect(cells).to.deep.equal(['calm', 'calm', '2027-03-31']);
  });

  for (const cell of ['=1+1', ' =1+1', '"=1+1', 'a;=1+1', '\t@x', '＝1']) {
    it(`are refused with the cell ${JSON.stringify(cell)}`, () => {
      const good = csvOf(documentOf(resultOf('calm', 'broken')));
      const quoted = /["\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      expect(() => expectCsv(good.replace('calm', quoted))).to.throw();
    });
  }
});

describe('severity and standards of the catalog', () => {
  const result = resultOf('a', 'broken', 'CloudWatch.1');
  const document = { ...documentOf(result), controls: controlFactsOf([result.control]) };
  const requirement = '3.3';

  it('are properties of the suite in a JUnit report', async () => {
    const [only] = await expectJunit(junitOf(document));
    expect(only?.properties).to.include.members([
      'severity: Low',
      `standard: CIS AWS Foundations Benchmark v1.2.0 ${requirement}`,
      'standard: NIST SP 800-171 r2 3.14.6',
      'standard: PCI DSS v3.2.1 7.2.1',
    ]);
  });

  it('are columns of the table', () => {
    const [row = []] = expectCsv(csvOf(document));
    const header = csvOf(document).split('\r\n')[0]?.split(',') ?? [];
    expect(row[header.indexOf('severity')]).to.equal('Low');
    expect(row[header.indexOf('standards')]).to.match(
      /^CIS AWS Foundations Benchmark 3\.3 \(v1\.2\.0\), 4\.3 \(v1\.3\.0, .*; PCI DSS 7\.2\.1 \(v3\.2\.1\)$/,
    );
  });

  it('are on the first lines of JSON Lines, each control once', () => {
    const lines = jsonLinesOf({ ...document, results: [result, result] })
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(lines.map(({ kind }) => kind)).to.deep.equal(['run', 'control', 'result', 'result']);
    expect(lines[1]).to.include({ id: 'CloudWatch.1', severity: 'Low' });
  });

  it('are a folded table in Markdown and a table of the page', () => {
    const summary = 'CIS AWS Foundations Benchmark 3.3 (v1.2.0), 4.3 (v1.3.0';
    expect(markdownOf(document)).to.contain(summary).and.to.contain('| Low |');
    expect(htmlPage(document)).to.contain(summary).and.to.contain('<dd>Low</dd>');
  });

  it("are empty for a filter pattern of one's own", () => {
    expect(controlFactsOf([{ id: 'custom', title: 'mine' }])).to.deep.equal([
      { id: 'custom', title: 'mine', standards: [], references: [] },
    ]);
  });
});
