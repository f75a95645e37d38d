import type { Interpretations } from '../../ambiguities/ambiguities.ts';
import type { Equality } from '../../syntax/pattern.ts';
import type { Regex } from '../../syntax/regex.ts';
import type { TextRole, TextTest } from '../../../conditions/texts/clause.ts';
import { interpretationsThatMatter, regexLanguage } from '../languages/regex-language.ts';
import { countedInterpretations, type View } from './view.ts';

/** On a number it may be asked of its text, or hold never, or as if it were never found. */
export function regexTests(
  condition: Equality,
  regex: Regex,
  wanted: boolean,
  view: View,
  role: TextRole,
): readonly TextTest[] {
  const found = (condition.operator === '=') === wanted;
  const languages = interpretationsThatMatter(regex, {
    dot: countedInterpretations(view, 'regexDot'),
    units: countedInterpretations(view, 'regexUnits'),
    verticalTab: countedInterpretations(view, 'regexVerticalTab'),
  }).map((interpretation) => regexLanguage(regex, interpretation, view.regexes));
  const written = (as: Interpretations['numberSpelling']): readonly TextTest[] =>
    languages.map((language) => ({ kind: 'written', language, as, wanted: found }));
  if (role === 'string') return written('source');
  return countedInterpretations(view, 'regexNumber').flatMap((interpretation): readonly TextTest[] => {
    switch (interpretation) {
      case 'text':
        return countedInterpretations(view, 'numberSpelling').flatMap(written);
      case 'void':
        return [{ kind: 'constant', holds: !wanted }];
      case 'differs':
        return [{ kind: 'constant', holds: !found }];
    }
  });
}
