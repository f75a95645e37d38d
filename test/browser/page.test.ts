import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';

import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';
import { statusPageWriter } from '../../src/cli/organization/status-page.ts';
import { htmlPage } from '../../src/report/formats/html/page.ts';
import { historyPage } from '../../src/report/history/history-page.ts';
import { historiesOf } from '../../src/report/history/history.ts';
import type { Result, ResultDocument } from '../../src/report/result.ts';
import { runIn } from '../cli/run.ts';
import { chromiumPath, openFile, startChromium } from './chromium.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core');
const hostileNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onclick='alert(1)",
  '</script><script>alert(1)</script>',
  '\u202Egnp.evil\u202C right to left',
  'x'.repeat(256),
];

/** What axe, a library of accessibility rules, finds wrong. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}

describe('the results page in a browser', function () {
  this.timeout(120_000);
  if (chromiumPath === undefined) {
    it('needs Chromium: install it, or name it in the environment variable CHROMIUM');
    return;
  }

  let browser: Browser;
  let folder = '';
  let samples: ResultDocument;
  let path: (name: string, document: ResultDocument) => Promise<string>;
  const only = (name: string): ResultDocument => ({
    ...samples,
    results: samples.results.filter((one) => one.name === name),
  });

  before(async () => {
    browser = await startChromium();
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    path = async (name, document) => {
      const file = join(folder, `${name}.html`);
      await writeFile(file, htmlPage(document));
      return file;
    };
    const files = (await readdir('events/accounts')).map((name) => `events/accounts/${name}`);
    const { out } = await runIn({}, evaluateCommand, ['--format', 'json', ...files]);
    samples = JSON.parse(out) as ResultDocument;
  });
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  const many = (): ResultDocument => {
    const results = Array.from({ length: 30 }, (_, account) =>
      Array.from({ length: 5 }, (_, control) => {
        const sample = samples.results[(account + control) % samples.results.length]!;
        const accountId = String(100_000_000_000 + account);
        return {
          ...sample,
          name: `account ${account}`,
          accountId,
          remediation: [{ form: 'AWS CLI', text: `for ${accountId} in ${sample.region}` }],
          control: { ...sample.control, id: `CloudWatch.${control + 1}` },
        };
      }),
    ).flat();
    return { ...samples, results };
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, document] of [
      ['one account', () => only('no subscriber')],
      ['all sample accounts', () => samples],
      ['thirty accounts and five controls', many],
    ] as const) {
      it(`shows ${name} in ${colorScheme} without a complaint, a request, or a barrier`, async () => {
        const file = await path('plain', document());
        const { page, complaints, requests } = await openFile(browser, file, { colorScheme });
        expect(await violationsOf(page)).to.deep.equal([]);
        expect(complaints).to.deep.equal([]);
        expect(requests).to.deep.equal([`file://${file}`]);
        await page.close();
      });
    }
  }

  /** A result that somebody accepts, of an earlier run, changed by a deployment, and with a word for the address. */
  const marked = (): ResultDocument => {
    const [result] = only('no subscriber').results as [Result];
    const link = { state: 'holds', subject: '1 confirmed (email)' };
    const remediation = ['AWS CLI', 'Terraform'].map((form) => ({
      form,
      text: `${form}: subscribe SOMEBODY, and ask SOMEBODY`,
      placeholder: 'SOMEBODY',
    }));
    return {
      ...samples,
      results: [
        {
          ...result,
          exception: { reason: 'Sandbox', owner: 'cloud-team', expires: '2999-12-31' },
          evaluatedEarlierAt: '2026-11-20T09:00:00.000Z',
          before: { verdict: 'satisfied', code: 'SATISFIED', links: [{ link: 'subscriber', before: link }] },
          remediation,
        },
      ],
    };
  };
  const historyOfSample = () => {
    const [result] = only('everything right').results as [Result];
    const at = (day: string) => ({
      file: `${day}.json`,
      result: { ...result, readAt: `2026-11-${day}T10:00:00.000Z` },
    });
    const histories = historiesOf([at('01'), at('02'), at('09')], 100_000_000);
    const about = { toolVersion: '1.0.0', evaluatedAt: '2026-11-20T10:00:00.000Z', maxGap: 100_000_000 };
    return historyPage({ kind: 'history', formatVersion: 1, ...about, histories, failed: [] });
  };
  const statusOfTwo = () => {
    const accounts = hostileNames.map((name, at) => ({ accountId: String(111_111_111_111 + at), name }));
    const writer = statusPageWriter({
      ...{ aggregator: hostileNames[0]!, region: 'eu-west-1', startedAt: '2026-11-20T10:00:00.000Z' },
      lateSources: [],
    });
    const [first] = accounts as [(typeof accounts)[0]];
    const named = {
      rule: 'mfa',
      ruleName: 'mfa',
      accountId: first.accountId,
      accountName: first.name,
      region: 'eu-west-1',
    };
    writer.finding({ ...named, code: 'NO_ALARM', annotation: hostileNames[1]!, evaluatedAt: '2026-11-20T10:00:00Z' });
    return writer.end({
      ...{ expectedAccounts: accounts.length, unexpected: [], otherResults: 0, unreadDetails: 0 },
      rules: [{ rule: 'mfa', compliant: accounts.length - 2, nonCompliant: 1, silent: 1 }],
      silent: [{ ...accounts[1]!, rules: ['mfa'], isSilentThroughout: true }],
      states: {
        accounts,
        of: (_, at) => (['NON_COMPLIANT', undefined] as const)[at] ?? (at > 1 ? 'COMPLIANT' : undefined),
      },
    });
  };

  for (const [name, html] of [
    ['an accepted result', () => htmlPage(marked())],
    ['a history', historyOfSample],
    ['an organization of hostile names', statusOfTwo],
  ] as const) {
    it(`shows ${name} in both schemes without a complaint, a request, or a barrier`, async () => {
      const file = join(folder, 'other.html');
      await writeFile(file, html());
      const { page, complaints, requests } = await openFile(browser, file, { viewport: { width: 320, height: 800 } });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).to.deep.equal([]);
      }
      expect(complaints).to.deep.equal([]);
      expect(requests).to.deep.equal([`file://${file}`]);
      expect(await page.locator('img').count()).to.equal(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(320);
      await page.close();
    });
  }

  it('says that a result is accepted, from an earlier run, and changed by a deployment', async () => {
    const { page } = await openFile(browser, await path('marked', marked()));
    const notes = (await page.locator('.note').allInnerTexts()).join('\n');
    expect(notes).to.contain('Excepted until 2999-12-31 by cloud-team: Sandbox.');
    expect(notes).to.contain('Not evaluated now, but at 2026-11-20T09:00:00.000Z.');
    expect(notes).to.contain('satisfied → broken NO_SUBSCRIBER');
    expect(notes).to.contain('subscriber: 1 confirmed (email), holds → not reached');
    await page.close();
  });

  it('fills in the address that somebody types, in every form, and no address that would need quotes', async () => {
    const { page } = await openFile(browser, await path('address', marked()));
    const texts = () => page.locator('.fix code').allTextContents();
    await page.getByLabel('Address to notify').fill('oncall@example.com');
    expect(await texts()).to.deep.equal(
      ['AWS CLI', 'Terraform'].map((form) => `${form}: subscribe oncall@example.com, and ask oncall@example.com`),
    );
    await page.getByLabel('Address to notify').fill("o'call@example.com; rm -rf /");
    expect((await texts())[0]).to.equal('AWS CLI: subscribe SOMEBODY, and ask SOMEBODY');
    expect(await page.locator('.address output').textContent()).to.equal('Not an address that can be filled in.');
    await page.close();
  });

  it('leads from a cell of an organization to the finding', async () => {
    const file = join(folder, 'status.html');
    await writeFile(file, statusOfTwo());
    const { page } = await openFile(browser, file);
    await page.locator('.filters input').fill('no such text');
    await page.locator('.matrix button').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).to.contain(hostileNames[0]);
    await page.close();
  });

  for (const width of [320, 360, 900, 1440]) {
    it(`fits into ${width} pixels`, async () => {
      for (const document of [only('filter narrower than asked'), samples, many()]) {
        const { page } = await openFile(browser, await path('narrow', document), { viewport: { width, height: 800 } });
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(width);
        await page.close();
      }
    });
  }

  it('shows names from AWS as text, whatever they contain', async () => {
    const [sample] = only('filter narrower than asked').results;
    const results = hostileNames.map((name) => {
      const text = JSON.stringify(sample).replaceAll('mfa-deactivated', JSON.stringify(name).slice(1, -1));
      return { ...(JSON.parse(text) as Result), name };
    });
    const { page, complaints } = await openFile(browser, await path('hostile', { ...samples, results }));
    expect(complaints).to.deep.equal([]);
    expect(await page.locator('img').count()).to.equal(0);
    const headings = await page.locator('.result h3').allTextContents();
    expect(headings).to.deep.equal(
      hostileNames.map((name) => name.replaceAll(/[\u202C\u202E]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)),
    );
    expect(await violationsOf(page)).to.deep.equal([]);
    await page.close();
  });

  it('leads a keyboard through the links of a chain', async () => {
    const { page } = await openFile(browser, await path('keys', only('no subscriber')));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).to.equal('Skip to the results');
    await page.keyboard.press('Tab');
    for (const link of ['trail', 'log group', 'metric filter']) {
      await page.keyboard.press('Enter');
      expect(await page.locator('.panel:visible h4').textContent()).to.equal(`${link}: holds`);
      expect(await page.locator('button.node[aria-expanded=true] .kind').allTextContents()).to.deep.equal([link]);
      await page.keyboard.press('Tab');
    }
    await page.close();
  });

  it('leads a keyboard through the forms of the remediation, and copies one', async () => {
    const [result] = only('no subscriber').results as [Result];
    const remediation = ['AWS CLI', 'Terraform'].map((form) => ({ form, text: `text for ${form}` }));
    const file = await path('tabs', { ...samples, results: [{ ...result, remediation }] });
    const { page } = await openFile(browser, file, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('tab', { name: 'AWS CLI' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.fix:visible code').textContent()).to.equal('text for Terraform');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.fix:visible .copy', { hasText: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.equal('text for Terraform');
    await page.close();
  });

  it('leads a keyboard through the matrix, and draws the chain of a cell', async () => {
    const document = many();
    const { page } = await openFile(browser, await path('matrix', document));
    const cells = page.locator('.matrix button');
    expect(await page.locator('.matrix button[tabindex="0"]').count()).to.equal(1);
    await cells.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const selected = document.results[6];
    expect(await page.locator('#selected h3').textContent()).to.equal(selected?.name);
    expect(await page.locator('#selected .facts').textContent()).to.contain(selected?.control.id);
    const texts = await page.locator('#selected .prose').allTextContents();
    expect(texts).to.deep.equal([`for ${selected?.accountId} in ${selected?.region}`]);
    expect(await violationsOf(page)).to.deep.equal([]);
    await page.close();
  });

  it('filters and sorts the list', async () => {
    const document = many();
    const { page } = await openFile(browser, await path('list', document));
    const shown = page.locator('.list tbody tr:visible');
    await page.locator('.filters select').selectOption('satisfied');
    const satisfied = document.results.filter(({ verdict }) => verdict === 'satisfied').length;
    expect(await shown.count()).to.equal(satisfied);
    await page.locator('.filters input').fill('account 17');
    expect(await page.locator('.filters output').textContent()).to.match(
      new RegExp(`^\\d+ of ${document.results.length} shown$`),
    );
    await page.locator('.filters select').selectOption('');
    expect(await shown.count()).to.equal(5);
    await page.locator('.filters input').fill('');
    await page.locator('.list th button', { hasText: 'account' }).click();
    await page.locator('.list th button', { hasText: 'account' }).click();
    expect((await shown.first().textContent())?.trim()).to.match(/^account 29\s/);
    await page.close();
  });

  it('keeps every reason on paper', async () => {
    for (const document of [only('no subscriber'), samples, many()]) {
      const { page } = await openFile(browser, await path('print', document));
      await page.emulateMedia({ media: 'print' });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      const text = (await page.innerText('body')).toLowerCase();
      for (const { chains } of document.results) {
        const { finding } = chains[0];
        if (finding !== undefined)
          expect(text).to.contain(finding.code.toLowerCase()).and.to.contain(finding.sentence.toLowerCase());
      }
      expect((await page.pdf()).subarray(0, 5).toString()).to.equal('%PDF-');
      await page.close();
    }
  });
});
