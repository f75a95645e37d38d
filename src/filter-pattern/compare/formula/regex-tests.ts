import type { Reading } from '../../ambiguities/ambiguities.ts';
import type { Equality } from '../../syntax/pattern.ts';
import type { Regex } from '../../syntax/regex.ts';
import type { Role, Test } from '../texts/clause.ts';
import { readingsThatMatter, regexLanguage } from '../languages/regex-language.ts';
import { readingsOf, type View } from './view.ts';

/** On a number it may be asked of its text, or hold never, or as if it were never found. */
export function regexTests(
  condition: Equality,
  regex: Regex,
  wanted: boolean,
  view: View,
  role: Role,
): readonly Test[] {
  const found = (condition.operator === '=') === wanted;
  const languages = readingsThatMatter(regex, {
    dot: readingsOf(view, 'regexDot'),
    units: readingsOf(view, 'regexUnits'),
    verticalTab: readingsOf(view, 'regexVerticalTab'),
  }).map((reading) => regexLanguage(regex, reading, view.regexes));
  const written = (as: Reading['numberSpelling']): readonly Test[] =>
    languages.map((language) => ({ kind: 'written', language, as, wanted: found }));
  if (role === 'string') return written('source');
  return readingsOf(view, 'regexNumber').flatMap((reading): readonly Test[] => {
    switch (reading) {
      case 'text':
        return readingsOf(view, 'numberSpelling').flatMap(written);
      case 'void':
        return [{ kind: 'constant', holds: !wanted }];
      case 'differs':
        return [{ kind: 'constant', holds: !found }];
    }
  });
}
