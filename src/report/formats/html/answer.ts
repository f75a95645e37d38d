import type { Result, ResultDocument } from '../../result.ts';

/** The answer of a page: one sentence, and how it is coloured. */
export interface PageAnswer {
  readonly verdict: Result['verdict'] | 'none';
  readonly sentence: string;
}

const MFA_DEACTIVATION = 'D9.AWS.MON.25';

/** Answers the question of the page in one sentence. */
export function pageAnswerOf({ results, failed }: ResultDocument): PageAnswer {
  const [only, ...others] = results;
  if (only === undefined) return { verdict: 'none', sentence: 'No account could be evaluated.' };
  const accounts = new Set(results.map(accountKey));
  if (others.length === 0 && failed.length === 0) return { verdict: only.verdict, sentence: sentenceOf(only) };
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const controls = new Set(results.map(({ control }) => control.id)).size;
  const verdict =
    count('broken') > 0 ? 'broken' : count('undecided') > 0 || failed.length > 0 ? 'undecided' : 'satisfied';
  const missing = failed.length === 0 ? '' : ` ${counted(failed.length, 'account')} could not be evaluated.`;
  if (controls === 1 && accounts.size === results.length) {
    const total = results.length + failed.length;
    return { verdict, sentence: `${accountsSentence(count, total, only)}${missing}` };
  }
  const parts = [
    `${grouped(count('satisfied'))} of ${grouped(results.length)} ${results.length === 1 ? 'answer is' : 'answers are'} satisfied`,
    `${grouped(count('broken'))} broken`,
    `${grouped(count('undecided'))} undecided`,
  ];
  const scope = `${counted(accounts.size, 'account')}, ${counted(controls, 'control')}`;
  return { verdict, sentence: `${scope}: ${parts.join(', ')}.${missing}` };
}

/** Several accounts under one control. */
function accountsSentence(count: (verdict: Result['verdict']) => number, total: number, { control }: Result): string {
  const event = eventOf(control.id);
  const of = (number: number) => `${grouped(number)} of ${counted(total, 'account')}`;
  const [satisfied, broken, undecided] = [count('satisfied'), count('broken'), count('undecided')];
  if (broken > 0) {
    const open = undecided === 0 ? '' : ` In ${grouped(undecided)} it is not determined.`;
    return `No. In ${of(broken)} nobody is notified ${event}.${open}`;
  }
  if (undecided > 0)
    return `Not determined. In ${of(undecided)} it is not known whether a subscriber is notified ${event}.`;
  if (satisfied < total) return `In ${of(satisfied)} a subscriber is notified ${event}.`;
  return `Yes. In all ${counted(total, 'account')} a subscriber is notified ${event}.`;
}

/** One account under one name: an account may be evaluated in several regions and files. */
export function accountKey({ name, accountId, region }: Pick<Result, 'name' | 'accountId' | 'region'>): string {
  return JSON.stringify([name, accountId, region]);
}

function sentenceOf({ verdict, control, accountId }: Result): string {
  const event = `${eventOf(control.id)} in account ${accountId}`;
  switch (verdict) {
    case 'satisfied':
      return `Yes. A subscriber is notified ${event}.`;
    case 'broken':
      return `No. Nobody is notified ${event}.`;
    case 'undecided':
      return `Not determined. Whether a subscriber is notified ${event} depends on something that is not known.`;
  }
}

function eventOf(controlId: string): string {
  if (controlId === MFA_DEACTIVATION) return "when an IAM user's MFA device is deactivated";
  return controlId === 'custom' ? 'as the given filter pattern asks' : `as control ${controlId} asks`;
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `5,100` */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
