import { AMBIGUITIES, type Ambiguity, type Documented, type Interpretations } from './ambiguities.ts';
import file from './settled-interpretations.json' with { type: 'json' };

/** How an ambiguity was settled: the interpretation that AWS follows, the day it was asked, and what was asked. */
export interface Settlement {
  readonly interpretation: string;
  /** A date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly by: string;
}

export type Settlements = Readonly<Partial<Record<Ambiguity, Settlement>>>;

/** What `settled-interpretations.json` says. It is empty until somebody asks AWS. */
export const SETTLEMENTS: Settlements = readSettlements(file);

/**
 * The interpretations that AWS follows, as far as that is settled: by its answers, or else by its documentation. Every
 * answer of the language uses them by default.
 */
export const SETTLED_INTERPRETATIONS: Partial<Interpretations> = settledInterpretations(SETTLEMENTS);

/** What the documentation says about an ambiguity by now; undefined where it says nothing. */
export function documentedInterpretation(ambiguity: Ambiguity): Documented | undefined {
  return 'documented' in AMBIGUITIES[ambiguity] ? AMBIGUITIES[ambiguity].documented : undefined;
}

/**
 * Checks data from a file.
 *
 * @throws TypeError that names the entry and what is allowed there
 */
export function readSettlements(data: unknown): Settlements {
  if (!isRecord(data)) throw new TypeError('settled interpretations must be an object with a key for each ambiguity');
  for (const [ambiguity, entry] of Object.entries(data)) {
    if (!isAmbiguity(ambiguity)) {
      throw new TypeError(`${ambiguity} is not an ambiguity: use one of ${Object.keys(AMBIGUITIES).join(', ')}`);
    }
    const interpretations: readonly string[] = AMBIGUITIES[ambiguity].interpretations;
    if (
      !isRecord(entry) ||
      typeof entry['interpretation'] !== 'string' ||
      !interpretations.includes(entry['interpretation'])
    ) {
      throw new TypeError(`${ambiguity} has no known interpretation: use one of ${interpretations.join(', ')}`);
    }
    if (typeof entry['date'] !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(entry['date'])) {
      throw new TypeError(`${ambiguity} has no date: use YYYY-MM-DD`);
    }
    if (typeof entry['by'] !== 'string') throw new TypeError(`${ambiguity} does not say what settled it: add \`by\``);
  }
  return data;
}

/** The interpretation of each ambiguity that is settled by these answers of AWS, or else by its documentation. */
export function settledInterpretations(settlements: Settlements): Partial<Interpretations> {
  const names = Object.keys(AMBIGUITIES) as Ambiguity[];
  return Object.fromEntries(
    names.flatMap((ambiguity) => {
      const settled = settlements[ambiguity] ?? documentedInterpretation(ambiguity);
      return settled === undefined ? [] : [[ambiguity, settled.interpretation]];
    }),
  );
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isAmbiguity(name: string): name is Ambiguity {
  return Object.hasOwn(AMBIGUITIES, name);
}
