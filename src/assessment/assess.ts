import { compareQuickly, judge } from '../chain/judge.ts';
import type { Verdict } from '../chain/verdict.ts';
import type { Inventory, PartKey } from '../inventory/model.ts';
import { distinctKeys } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import type { Found } from './other-route.ts';
import { findOtherRoute } from './other-route.ts';
import { preferListings } from './prefer-listings.ts';
import { emptyInventory, readUntil } from './read-until.ts';

/** What several controls make of one account. */
export interface Assessments {
  /** In the order of the controls. */
  readonly verdicts: readonly Verdict[];
  /** All that was read, enough to judge again. */
  readonly inventory: Inventory;
  /** How often the reader was asked for the verdicts: the number of dependent round trips. */
  readonly turns: number;
}

/** What one control makes of an account. */
export interface Assessment extends Omit<Assessments, 'verdicts'> {
  readonly verdict: Verdict;
}

/** Time without a limit. */
const never = () => false;

/**
 * Judges an account on what a reader reads of it, and reads no more than the judgement needs.
 *
 * @param isOver - whether the time for the judgement is over; see {@link judge}
 * @throws what the reader throws: a transient fault gives no verdict
 */
export async function assess(
  reader: InventoryReader,
  parameters: Parameters,
  isOver: () => boolean = never,
): Promise<Assessment> {
  const { verdicts, ...read } = await assessAll(reader, [parameters], isOver);
  const [verdict] = verdicts;
  if (verdict === undefined) throw new Error('an assessment ended without a verdict');
  return { verdict, ...read };
}

/**
 * Judges an account under several controls. In each turn, what all of them need is read together, so that they share
 * listings and round trips. An account that a file only declares is satisfied by what is known of it, and broken by what
 * is certain.
 *
 * @param isOver - whether the time for the judgement is over; see {@link judge}
 * @throws what the reader throws: a transient fault gives no verdict
 */
export async function assessAll(
  reader: InventoryReader,
  questions: readonly Parameters[],
  isOver: () => boolean = never,
): Promise<Assessments> {
  const assessments = await judgeTogether(reader, questions, isOver);
  if (reader.certain === undefined) return withOtherRoutes(reader, questions, assessments, isOver);
  const certain = await judgeTogether(reader.certain, questions, isOver);
  const verdicts = assessments.verdicts.map((verdict, at) =>
    verdict.kind === 'satisfied' ? verdict : (certain.verdicts[at] ?? verdict),
  );
  return { ...assessments, verdicts };
}

/** Says of a broken account which other route its events go. The turns are those of the verdict. */
async function withOtherRoutes(
  reader: InventoryReader,
  questions: readonly Parameters[],
  { verdicts, inventory, turns }: Assessments,
  isOver: () => boolean,
): Promise<Assessments> {
  let known = inventory;
  let hasFailed = false;
  const said: Verdict[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const question = questions[index];
    const found: Found | undefined =
      question === undefined || hasFailed ? undefined : await findOtherRoute(reader, question, verdict, known, isOver);
    known = found?.inventory ?? known;
    hasFailed ||= found?.hasFailed === true;
    const otherRoute = found?.otherRoute;
    said.push(verdict.kind === 'broken' && otherRoute !== undefined ? { ...verdict, otherRoute } : verdict);
  }
  return { verdicts: said, inventory: known, turns };
}

async function judgeTogether(
  reader: InventoryReader,
  questions: readonly Parameters[],
  isOver: () => boolean,
): Promise<Assessments> {
  // More facts never change a verdict, so that who has one is not judged again.
  const known = new Map<Parameters, Verdict>();
  const { answer, inventory, turns } = await readUntil(reader, await emptyInventory(reader), (read) => {
    const keys: PartKey[] = [];
    const open = questions.filter((question) => !known.has(question));
    compareQuickly(open, read, isOver);
    for (const question of open) {
      const judgement = judge(question.control, question.options, read, isOver);
      if (judgement.kind === 'verdict') known.set(question, judgement.verdict);
      else keys.push(...judgement.keys);
    }
    if (keys.length === 0)
      return { kind: 'judged', verdicts: questions.flatMap((one) => known.get(one) ?? []) } as const;
    return { kind: 'needs', keys: preferListings(distinctKeys(keys), read) } as const;
  });
  return { verdicts: answer.verdicts, inventory, turns };
}
