import fc from 'fast-check';

import { thingFields } from '../../../src/chain/base/path-things.ts';
import type { ControlFacts } from '../../../src/report/control-facts.ts';
import type { Result, ResultDocument } from '../../../src/report/result.ts';

/** When everything was read. */
export const NOW = '2026-11-20T10:00:00.000Z';
export const ACCOUNT = '111122223333';

/** Results in which every text that AWS, or whoever names things there, may choose is the given one. */
export function resultOf(text: string, verdict: Result['verdict'], controlId = 'custom'): Result {
  const finding = { code: 'NO_ALARM', sentence: text, fix: text, event: text } as const;
  const path = Object.fromEntries(thingFields.map((field) => [field, text]));
  const fault =
    verdict === 'satisfied' ? { outcome: verdict } : { outcome: verdict, finding: { ...finding, outcome: verdict } };
  return {
    name: text,
    accountId: ACCOUNT,
    region: 'eu-west-1',
    readAt: NOW,
    control: { id: controlId, title: text, filterPattern: text },
    verdict,
    chains: [{ path, links: [], ...fault }],
    evaluations: [],
  };
}

/**
 * A result by the route of EventBridge, in which every text that AWS, or whoever names things there, may choose is the
 * given one; somebody accepts the finding.
 */
export function exceptedResultOf(text: string, verdict: 'broken' | 'undecided'): Result {
  const result = resultOf(text, verdict);
  const [{ path, outcome, finding }] = result.chains;
  const code = 'EVENT_RULE_DISABLED';
  const found = finding === undefined ? {} : { finding: { ...finding, code } as const };
  const link = {
    link: 'event rule',
    state: verdict,
    subject: text,
    place: { address: text, file: text },
    ...found,
  } as const;
  return {
    ...result,
    chains: [{ outcome, route: 'eventbridge', path, eventPattern: text, links: [link], ...found }],
    exception: { reason: text, owner: text, expires: '2027-03-31' },
    source: { kind: 'snapshot', isComplete: true, refused: [], caller: text },
  };
}

/** What a publisher says of a control, with the given text wherever one is. */
export const factsWith = (text: string): ControlFacts => ({
  id: 'custom',
  title: text,
  severity: text,
  category: text,
  standards: [{ name: text, version: text, requirement: text }, { name: text }],
  references: [text],
});

/** Texts over which somebody's parser trips. */
export const nasty = [
  '"quoted" and \'quoted\'',
  ']]>',
  '</testcase><testcase name="evil"/>',
  '<!-- & -->',
  '&amp; &#0;',
  'two\nlines\r\nand\ta tab',
  '\u0000\u0001\u0008\u001b[2J\u007f\u0085',
  '\ud800',
  'lone \udc00 half',
  '\ufffe\uffff',
  '👩‍💻 ünï',
  '\u202egnp.exe',
  "=cmd|' /C calc'!A0",
  '\t=1+1',
  ' "=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '\r@SUM(1)',
  '＝1',
  'a;=1+1;b',
  'a,"=1+1"',
];

/** Texts of every kind, halves of characters included, alone and joined. */
const arbitraryText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...nasty),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.array(fc.nat(0xffff), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((texts) => texts.join(''));
const arbitraryExcepted = fc
  .tuple(arbitraryText, fc.constantFrom('broken' as const, 'undecided' as const))
  .map(([text, verdict]) => exceptedResultOf(text, verdict));
const arbitraryResult = fc
  .tuple(arbitraryText, fc.constantFrom('satisfied', 'broken', 'undecided'), fc.constantFrom('custom', 'CloudWatch.6'))
  .map(([text, verdict, control]) => resultOf(text, verdict, control));
/** Documents in which every text is of that kind. */
export const arbitraryDocument: fc.Arbitrary<ResultDocument> = fc.record({
  formatVersion: fc.constant(1 as const),
  controls: fc.array(
    arbitraryText.map((text) => ({ ...factsWith(text), id: 'CloudWatch.6' })),
    { maxLength: 1 },
  ),
  results: fc.array(fc.oneof(arbitraryResult, arbitraryExcepted), { maxLength: 4 }),
  failed: fc.array(fc.record({ name: arbitraryText, message: arbitraryText, failedAt: fc.constant(NOW) }), {
    maxLength: 2,
  }),
});

/** A document of some results. */
export const documentOf = (...results: readonly Result[]): ResultDocument => ({
  formatVersion: 1,
  results,
  failed: [],
});
