import type { RemediationText, Result } from '../../result.ts';

/** A text of many results: a template with marks for what differs between accounts, or a text in a list of one. */
export type SharedText = string | readonly [text: string];

/** A result whose remediation names its texts by their numbers. */
export interface PackedResult extends Omit<Result, 'remediation'> {
  readonly remediation?: readonly (readonly [form: string, text: number, placeholder?: string])[];
}

export interface PackedResults {
  readonly results: readonly PackedResult[];
  readonly texts: readonly SharedText[];
}

/** Characters of the private use area, which no text has for another purpose. */
const marks = { accountId: '\uE000', region: '\uE001', readAt: '\uE002' } as const;
const fields = Object.keys(marks) as readonly (keyof typeof marks)[];

/**
 * Keeps each text of the remediations once. Texts of two accounts are equal but for the account, the region and the time
 * of reading, so these are left open. What has no room is replaced by a sentence that says how to get it.
 *
 * @param maxSize - the most characters that all texts may have together
 * @param noteOf - the sentence for a result
 */
export function packResults(
  results: readonly Result[],
  maxSize: number,
  noteOf: (result: Result) => RemediationText,
): PackedResults {
  const numbers = new Map<string, number>();
  const texts: SharedText[] = [];
  let size = 0;
  const numberOf = (text: string, result: Result): number => {
    const shared = sharedText(text, result);
    const key = JSON.stringify(shared);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    size += key.length;
    numbers.set(key, texts.length);
    return texts.push(shared) - 1;
  };
  const packed = results.map(({ remediation, ...result }): PackedResult => {
    if (remediation === undefined) return result;
    const sizes = remediation.map(({ text }) => JSON.stringify(sharedText(text, result)));
    const added = sizes.filter((key) => !numbers.has(key)).reduce((sum, key) => sum + key.length, 0);
    const shown = size + added <= maxSize ? remediation : [noteOf({ remediation, ...result })];
    return {
      ...result,
      remediation: shown.map(({ form, text, placeholder }) => {
        const number = numberOf(text, result);
        return placeholder === undefined ? [form, number] : [form, number, placeholder];
      }),
    };
  });
  return { results: packed, texts };
}

/** A result with the texts of its remediation. */
export function unpackResult({ remediation, ...result }: PackedResult, texts: readonly SharedText[]): Result {
  if (remediation === undefined) return result;
  return {
    ...result,
    remediation: remediation.map(([form, number, placeholder]): RemediationText => {
      const shared = texts[number] ?? '';
      const text = typeof shared === 'string' ? filledIn(shared, result) : shared[0];
      return { form, text, ...(placeholder === undefined ? {} : { placeholder }) };
    }),
  };
}

function sharedText(text: string, result: Result): SharedText {
  const template = fields.reduce((open, field) => open.replaceAll(result[field], marks[field]), text);
  return filledIn(template, result) === text ? template : [text];
}

function filledIn(template: string, result: Pick<Result, keyof typeof marks>): string {
  return fields.reduce((text, field) => text.replaceAll(marks[field], () => result[field]), template);
}
