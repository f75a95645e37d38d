import type { Result, ResultDocument } from '../../result.ts';

/** The answer of a page: one sentence, and how it is coloured. */
export interface Answer {
  readonly verdict: Result['verdict'] | 'none';
  readonly sentence: string;
}

const MFA_DEACTIVATION = 'D9.AWS.MON.25';

/** Answers the question of the page in one sentence. */
export function answerOf({ results, failed }: ResultDocument): Answer {
  const [only, ...others] = results;
  if (only === undefined) return { verdict: 'none', sentence: 'No account could be evaluated.' };
  const accounts = new Set(results.map(accountKey));
  if (others.length === 0 && failed.length === 0) return { verdict: only.verdict, sentence: sentenceOf(only) };
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const controls = new Set(results.map(({ control }) => control.id)).size;
  const verdict =
    count('broken') > 0 ? 'broken' : count('undecided') > 0 || failed.length > 0 ? 'undecided' : 'satisfied';
  const parts = [
    `${grouped(count('satisfied'))} of ${grouped(results.length)} ${results.length === 1 ? 'answer is' : 'answers are'} satisfied`,
    `${grouped(count('broken'))} broken`,
    `${grouped(count('undecided'))} undecided`,
  ];
  const scope = `${counted(accounts.size, 'account')}, ${counted(controls, 'control')}`;
  const missing = failed.length === 0 ? '' : ` ${counted(failed.length, 'account')} could not be evaluated.`;
  return { verdict, sentence: `${scope}: ${parts.join(', ')}.${missing}` };
}

/** One account under one name: an account may be evaluated in several regions and files. */
export function accountKey({ name, accountId, region }: Pick<Result, 'name' | 'accountId' | 'region'>): string {
  return JSON.stringify([name, accountId, region]);
}

function sentenceOf({ verdict, control, accountId }: Result): string {
  const event =
    control.id === MFA_DEACTIVATION
      ? `when an IAM user's MFA device is deactivated in account ${accountId}`
      : `as control ${control.id} asks in account ${accountId}`;
  switch (verdict) {
    case 'satisfied':
      return `Yes. A subscriber is notified ${event}.`;
    case 'broken':
      return `No. Nobody is notified ${event}.`;
    case 'undecided':
      return `Not determined. Whether a subscriber is notified ${event} depends on something that is not known.`;
  }
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `5,100` */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
