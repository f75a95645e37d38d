import manifest from '../../../package.json' with { type: 'json' };
import { pageOf, readableTime, tallyView } from '../../report/formats/html/document.ts';
import type { Markup } from '../../report/formats/html/markup.ts';
import { markup } from '../../report/formats/html/markup.ts';
import type { MatrixCell } from '../../report/formats/html/tables.ts';
import { listView, matrixView, tableView } from '../../report/formats/html/tables.ts';
import type { StatusFinding, StatusSummary } from './collect-status.ts';
import { accountTitle, findingGroups } from './finding-groups.ts';
import type { StatusSubject, StatusWriter } from './status-notes.ts';
import { SILENCE_MEANS, count, notesOf } from './status-notes.ts';

/** The most rows of the matrix and of the list: a browser shows that many without delay. CSV and JSON have all. */
const MOST_ACCOUNTS = 1000;
const MOST_FINDINGS = 5000;

/** A page with accounts × rules, the reasons, and every finding, in the style of the page of results. */
export function statusPageWriter(subject: StatusSubject): StatusWriter {
  const findings: StatusFinding[] = [];
  const groups = findingGroups(0);
  return {
    finding: (finding) => {
      groups.add(finding);
      if (findings.length < MOST_FINDINGS) findings.push(finding);
      return '';
    },
    end: (summary) => statusPage(subject, summary, findings, groups.sorted()),
  };
}

function statusPage(
  subject: StatusSubject,
  summary: StatusSummary,
  findings: readonly StatusFinding[],
  groups: ReturnType<ReturnType<typeof findingGroups>['sorted']>,
): string {
  const { rules } = summary;
  const sum = (of: (rule: (typeof rules)[number]) => number) => rules.reduce((all, rule) => all + of(rule), 0);
  const notes = notesOf(subject, summary);
  const isRead = summary.silent !== undefined;
  const lead = tallyView([
    { kind: 'satisfied', mark: '✓', count: sum(({ compliant }) => compliant), word: 'COMPLIANT' },
    { kind: 'broken', mark: '✕', count: sum(({ nonCompliant }) => nonCompliant), word: 'NON_COMPLIANT' },
    { kind: 'undecided', mark: '–', count: isRead ? sum(({ silent }) => silent) : 0, word: 'without a result' },
  ]);
  const main = [
    ...(notes.length === 0
      ? []
      : [
          markup`<section class="failed" aria-label="Notes">
            <h2>To know first</h2>
            <ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>
          </section>`,
        ]),
    ...(rules.length === 0 ? [] : [statusMatrix(summary, findings)]),
    ...(groups.length === 0 ? [] : [reasonsView(groups)]),
    ...(findings.length === 0 && (summary.silent ?? []).length === 0 ? [] : [statusList(summary, findings)]),
    markup`<section aria-label="Chains">
      <h2>Chains</h2>
      <p>
        An aggregator holds verdicts and reasons, and no chains. A page with the chain of each account, and with the
        commands that fix it, is made by
        <code>evaluate --organization --role-name ROLE --region ${subject.region} --format html</code>.
      </p>
    </section>`,
  ];
  return pageOf({
    question: 'Is every account COMPLIANT?',
    answer: answerOf(summary),
    lead: markup`${lead}
      <p class="quiet">Numbers count an account under a rule.</p>`,
    main,
    facts: [
      ['aggregator', `${subject.aggregator} in ${subject.region}`],
      ['read', `${subject.startedAt}, by version ${manifest.version}`],
      ['expected', count(summary.expectedAccounts, 'account')],
      ['no result', SILENCE_MEANS],
    ],
    data: { results: [], texts: [], routes: {} },
  });
}

function answerOf({ rules, silent, states, expectedAccounts, stopped }: StatusSummary) {
  const isFailing = (_: unknown, account: number) =>
    rules.some(({ rule }) => states.of(rule, account) === 'NON_COMPLIANT');
  const failing = states.accounts.filter(isFailing).length;
  const missing = silent?.length ?? 0;
  const silence =
    missing === 0
      ? ''
      : ` ${missing === 1 ? '1 account has' : `${missing} accounts have`} no result of at least one rule.`;
  const unread = stopped === undefined ? '' : ' The aggregator was not read to the end.';
  if (failing > 0) {
    const sentence = `No. ${failing} of ${count(states.accounts.length, 'account')} ${failing === 1 ? 'is' : 'are'} NON_COMPLIANT under at least one rule.${silence}${unread}`;
    return { verdict: 'broken', sentence } as const;
  }
  if (rules.length === 0 || silence !== '' || unread !== '') {
    const none = rules.length === 0 && unread === '' ? ' The aggregator holds no such rule.' : '';
    return { verdict: 'undecided', sentence: `Not determined.${none}${silence}${unread}` } as const;
  }
  return {
    verdict: 'satisfied',
    sentence: `Yes. Every result of ${count(expectedAccounts, 'account')} is COMPLIANT.`,
  } as const;
}

/** Accounts × rules. Where there are too many accounts, those that are not COMPLIANT throughout come first. */
function statusMatrix({ rules, states, silent }: StatusSummary, findings: readonly StatusFinding[]): Markup {
  const places = new Map<string, number>();
  findings.forEach(({ accountId, rule }, at) => {
    const key = `${accountId} ${rule}`;
    if (!places.has(key)) places.set(key, at);
  });
  const cellOf = (rule: string, account: number): MatrixCell => {
    const at = places.get(`${states.accounts[account]?.accountId ?? ''} ${rule}`);
    const code = at === undefined ? undefined : findings[at]?.code;
    switch (states.of(rule, account)) {
      case 'COMPLIANT':
        return { kind: 'satisfied', mark: '✓', words: 'COMPLIANT' };
      case 'NON_COMPLIANT': {
        const words = code === undefined ? 'NON_COMPLIANT' : `NON_COMPLIANT, ${code}`;
        return { kind: 'broken', mark: '✕', words, ...(at === undefined ? {} : { at }) };
      }
      case undefined:
        return { kind: 'undecided', mark: '–', words: silent === undefined ? 'not read' : 'no result' };
    }
  };
  const all = states.accounts.map((account, at) => ({ account, cells: rules.map(({ rule }) => cellOf(rule, at)) }));
  const isWell = ({ cells }: (typeof all)[number]) => cells.every(({ kind }) => kind === 'satisfied');
  const sorted = all.length > MOST_ACCOUNTS ? [...all.filter((row) => !isWell(row)), ...all.filter(isWell)] : all;
  const hidden = Math.max(0, all.length - MOST_ACCOUNTS);
  const more = hidden === 0 ? '' : ` ${count(hidden, 'more account')} are in --format csv and --format json.`;
  return matrixView({
    title: 'Accounts and rules',
    hint: `✓ COMPLIANT, ✕ NON_COMPLIANT, – no result. A cell with ✕ leads to its reason; arrow keys move between these cells.${more}`,
    rowTitle: 'account',
    sumTitle: 'COMPLIANT',
    columns: rules.map(({ rule, compliant }) => ({ id: rule, title: rule, sum: String(compliant) })),
    rows: sorted.slice(0, MOST_ACCOUNTS).map(({ account, cells }) => ({
      name: account.name,
      detail: account.name === account.accountId ? '' : account.accountId,
      cells,
    })),
  });
}

function reasonsView(groups: Parameters<typeof statusPage>[3]): Markup {
  const rows = groups.map(
    ({ title, count: number, example }) =>
      markup`<tr>
        <td><code>${title}</code></td>
        <td>${number.toLocaleString('en-US')}</td>
        <td>${example}</td>
      </tr>`,
  );
  return markup`<section class="list" aria-label="Reasons">
    <h2>Reasons</h2>
    ${tableView('Table: reasons', ['code', 'results', 'example'], rows)}
  </section>`;
}

function statusList({ silent = [], rules }: StatusSummary, findings: readonly StatusFinding[]): Markup {
  const total = rules.reduce((sum, { nonCompliant }) => sum + nonCompliant, 0);
  const isCut = findings.length >= MOST_FINDINGS && total > 0;
  return listView({
    title: isCut ? `The first ${MOST_FINDINGS.toLocaleString('en-US')} findings; --format csv has all` : 'All findings',
    columns: ['account', 'region', 'rule', 'status', 'code', 'annotation', 'called at'],
    filter: { title: 'Status', values: ['NON_COMPLIANT', 'no result'] },
    rows: [
      ...findings.map((finding, at) => ({
        value: 'NON_COMPLIANT',
        cells: [
          markup`<span id="r${at}-title">${accountTitle({ accountId: finding.accountId, name: finding.accountName })}</span>`,
          markup`<span class="fit">${finding.region}</span>`,
          markup`${finding.rule}`,
          markup`<span class="badge broken"><span aria-hidden="true">✕</span> NON_COMPLIANT</span>`,
          markup`<code>${finding.code}</code>`,
          markup`${finding.annotation ?? finding.problem}`,
          markup`${finding.evaluatedAt !== undefined && readableTime(finding.evaluatedAt)}`,
        ],
      })),
      ...silent.map((account) => ({
        value: 'no result',
        cells: [
          markup`${accountTitle(account)}`,
          markup``,
          markup`${account.isSilentThroughout ? 'every rule' : account.rules.join(', ')}`,
          markup`<span class="badge undecided"><span aria-hidden="true">–</span> no result</span>`,
          markup``,
          markup``,
          markup``,
        ],
      })),
    ],
  });
}
