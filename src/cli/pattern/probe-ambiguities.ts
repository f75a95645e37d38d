import {
  type Corner,
  CORNERS,
  type Probe,
  PROBES,
  readingsThatAgree,
  type Settlement,
} from '../../filter-pattern/index.ts';
import type { PatternTest } from '../../inventory/aws/test-metric-filter.ts';

/** Who knows what a pattern matches: AWS itself, or what stands for it in a test. */
export type Oracle = (pattern: string, messages: readonly string[]) => Promise<PatternTest>;

/** What AWS said about one corner. */
export interface ProbedCorner {
  readonly corner: Corner;
  readonly question: string;
  readonly readings: readonly string[];
  /** The reading that AWS follows; null if it follows none of them, or refused a probe. */
  readonly follows: string | null;
  readonly asked: readonly AskedProbe[];
}

export interface AskedProbe extends Probe {
  /** Whether the pattern matched; AWS's words if it refused it. */
  readonly answer: boolean | { readonly refused: string };
}

/** Asks for every corner the probes on which its readings differ, one pattern after the other: the quota is small. */
export async function probeCorners(oracle: Oracle): Promise<readonly ProbedCorner[]> {
  const probed: ProbedCorner[] = [];
  for (const corner of Object.keys(CORNERS) as Corner[]) {
    const { question, readings } = CORNERS[corner];
    const asked = await askAll(oracle, PROBES[corner]);
    const answers = asked.map(({ answer }) => answer).filter((answer) => typeof answer === 'boolean');
    const agreeing = answers.length === asked.length ? readingsThatAgree(corner, answers) : [];
    probed.push({ corner, question, readings, follows: agreeing[0] ?? null, asked });
  }
  return probed;
}

async function askAll(oracle: Oracle, probes: readonly Probe[]): Promise<readonly AskedProbe[]> {
  const answers = new Map<Probe, AskedProbe['answer']>();
  for (const pattern of new Set(probes.map((probe) => probe.pattern))) {
    const own = probes.filter((probe) => probe.pattern === pattern);
    const test = await oracle(
      pattern,
      own.map(({ event }) => event),
    );
    for (const [index, probe] of own.entries()) {
      answers.set(probe, test.kind === 'refused' ? { refused: test.message } : (test.matches[index] ?? false));
    }
  }
  return probes.map((probe) => ({ ...probe, answer: answers.get(probe) ?? false }));
}

/** What may be saved of the answers: the corners of which AWS follows one reading. */
export function settlementsOf(
  probed: readonly ProbedCorner[],
  date: string,
  by: string,
): Readonly<Record<string, Settlement>> {
  return Object.fromEntries(
    probed.flatMap(({ corner, follows }) => (follows === null ? [] : [[corner, { reading: follows, date, by }]])),
  );
}
