import {
  type Ambiguity,
  AMBIGUITIES,
  type DistinguishingExample,
  DISTINGUISHING_EXAMPLES,
  interpretationsThatAgree,
  type Settlement,
} from '../../filter-pattern/index.ts';
import type { PatternTest } from '../../inventory/aws/test-metric-filter.ts';

/** Says what a pattern matches: AWS itself, or a substitute in a test. */
export type PatternTester = (pattern: string, messages: readonly string[]) => Promise<PatternTest>;

/** What AWS said about one ambiguity. */
export interface ProbedAmbiguity {
  readonly ambiguity: Ambiguity;
  readonly question: string;
  readonly interpretations: readonly string[];
  /** The interpretation that AWS follows; null if it follows none of them, or refused a pattern. */
  readonly follows: string | null;
  readonly asked: readonly AskedExample[];
}

export interface AskedExample extends DistinguishingExample {
  /** Whether the pattern matched; AWS's words if it refused it. */
  readonly answer: boolean | { readonly refused: string };
}

/** Asks about every ambiguity, one pattern after the other, because the quota of the call is small. */
export async function probeAmbiguities(tester: PatternTester): Promise<readonly ProbedAmbiguity[]> {
  const probed: ProbedAmbiguity[] = [];
  for (const ambiguity of Object.keys(AMBIGUITIES) as Ambiguity[]) {
    const { question, interpretations } = AMBIGUITIES[ambiguity];
    const asked = await askAll(tester, DISTINGUISHING_EXAMPLES[ambiguity]);
    const answers = asked.map(({ answer }) => answer).filter((answer) => typeof answer === 'boolean');
    const agreeing = answers.length === asked.length ? interpretationsThatAgree(ambiguity, answers) : [];
    probed.push({ ambiguity, question, interpretations, follows: agreeing[0] ?? null, asked });
  }
  return probed;
}

async function askAll(
  tester: PatternTester,
  examples: readonly DistinguishingExample[],
): Promise<readonly AskedExample[]> {
  const answers = new Map<DistinguishingExample, AskedExample['answer']>();
  for (const pattern of new Set(examples.map((example) => example.pattern))) {
    const own = examples.filter((example) => example.pattern === pattern);
    const test = await tester(
      pattern,
      own.map(({ event }) => event),
    );
    for (const [index, example] of own.entries()) {
      answers.set(example, test.kind === 'refused' ? { refused: test.message } : (test.matches[index] ?? false));
    }
  }
  return examples.map((example) => ({ ...example, answer: answers.get(example) ?? false }));
}

/** What can be saved: the ambiguities for which AWS follows a known interpretation. */
export function settlementsOf(
  probed: readonly ProbedAmbiguity[],
  date: string,
  by: string,
): Readonly<Record<string, Settlement>> {
  return Object.fromEntries(
    probed.flatMap(({ ambiguity, follows }) =>
      follows === null ? [] : [[ambiguity, { interpretation: follows, date, by }]],
    ),
  );
}
