import type { TextComparison } from '../../filter-pattern/index.ts';
import type { Oracle } from './probe-ambiguities.ts';

/** One claim of a comparison, an event with what each pattern makes of it, and what AWS says. */
export interface ProbedWitness {
  readonly witness: 'missed' | 'extra' | 'shared';
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

/** Asks AWS about every event that a comparison shows, with both patterns. */
export async function probeWitnesses(
  oracle: Oracle,
  comparison: Exclude<TextComparison, { readonly relation: 'invalid' }>,
  patterns: { readonly candidate: string; readonly required: string },
): Promise<readonly ProbedWitness[]> {
  const probed: ProbedWitness[] = [];
  for (const role of ['candidate', 'required'] as const) {
    const pattern = patterns[role];
    const shown = (['missed', 'extra', 'shared'] as const).flatMap((witness) => {
      const answer = comparison[witness];
      return answer.kind === 'event' ? [{ witness, event: answer.event }] : [];
    });
    if (shown.length === 0) continue;
    const test = await oracle(
      pattern,
      shown.map(({ event }) => event),
    );
    for (const [index, { witness, event }] of shown.entries()) {
      const answer = test.kind === 'refused' ? { refused: test.message } : (test.matches[index] ?? false);
      probed.push({ witness, event, pattern, claimed: CLAIMS[witness][role], answer });
    }
  }
  return probed;
}
