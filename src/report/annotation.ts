import type { Path } from '../chain/base/link.ts';
import { thingsOn } from '../chain/base/path-things.ts';
import { parseArn } from '../inventory/arn.ts';
import { sanitizeLine } from './sanitize-line.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const MOST_CHARACTERS = 256;

/**
 * The one line of text of an evaluation. In an aggregator of many accounts and regions it is all that people see, so it
 * begins with a code to search for, says what is the case, and ends with the place, as far as there is room.
 *
 * @param code - the reason code, or `SATISFIED`
 * @param where - the place, if the evaluation is about one
 * @returns 1 to 256 characters without control characters, cut between words
 */
export function annotate(code: string, sentence: string, where?: string): string {
  return cut(sanitizeLine(`${code}: ${sentence}${where === undefined ? '' : ` [${where}]`}`));
}

/** The same for a text that is worth more than the place, and only if it need not be cut. */
export function annotateWhole(code: string, sentence: string): string | undefined {
  const text = sanitizeLine(`${code}: ${sentence}`);
  return text.length <= MOST_CHARACTERS ? text : undefined;
}

/** Where a path runs: `eu-west-1: main > /aws/cloudtrail > mfa > mfa-alarm > security`. */
export function whereOf(path: Path, region: string): string {
  const names = thingsOn(path).map(({ name }) => name);
  const place = parseArn(path.logGroupArn ?? '')?.region ?? path.trail?.homeRegion ?? region;
  return names.length === 0 ? place : `${place}: ${names.join(' > ')}`;
}

/** Cuts between words where the text is too long, and shows that it was cut. */
function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const room = text.slice(0, MOST_CHARACTERS - 1);
  const lastBlank = room.lastIndexOf(' ');
  const tooEarly = lastBlank < MOST_CHARACTERS / 2;
  // One word longer than half the room is cut inside, but never between the halves of one character.
  const kept = tooEarly ? room.replace(/[\uD800-\uDBFF]$/, '') : room.slice(0, lastBlank);
  return `${kept.trimEnd()}…`;
}
