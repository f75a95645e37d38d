import type { TextComparison } from '../../filter-pattern/index.ts';
import type { PatternTester } from './probe-ambiguities.ts';

/** One claim of a comparison: whether a pattern matches an event, and what AWS says. */
export interface ProbedExample {
  readonly example: 'missed' | 'extra' | 'shared';
  readonly event: string;
  readonly pattern: string;
  readonly claimed: boolean;
  readonly answer: boolean | { readonly refused: string };
}

const CLAIMS = {
  missed: { required: true, candidate: false },
  extra: { required: false, candidate: true },
  shared: { required: true, candidate: true },
} as const;

/** Asks AWS about every event that a comparison shows, once with each pattern. */
export async function probeExamples(
  tester: PatternTester,
  comparison: Exclude<TextComparison, { readonly relation: 'invalid' }>,
  patterns: { readonly candidate: string; readonly required: string },
): Promise<readonly ProbedExample[]> {
  const probed: ProbedExample[] = [];
  for (const role of ['candidate', 'required'] as const) {
    const pattern = patterns[role];
    const shown = (['missed', 'extra', 'shared'] as const).flatMap((example) => {
      const answer = comparison[example];
      return answer.kind === 'event' ? [{ example, event: answer.event }] : [];
    });
    if (shown.length === 0) continue;
    const test = await tester(
      pattern,
      shown.map(({ event }) => event),
    );
    for (const [index, { example, event }] of shown.entries()) {
      const answer = test.kind === 'refused' ? { refused: test.message } : (test.matches[index] ?? false);
      probed.push({ example, event, pattern, claimed: CLAIMS[example][role], answer });
    }
  }
  return probed;
}
