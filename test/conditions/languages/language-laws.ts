import { expect } from 'chai';

import type { Language } from '../../../src/conditions/languages/language.ts';
import { languageIncludes } from '../../../src/conditions/languages/language.ts';

/** All texts of these characters, up to a length. */
export function textsOf(characters: string, length: number): readonly string[] {
  let [all, longest] = [[''], ['']];
  for (let count = 0; count < length; count += 1) {
    longest = longest.flatMap((text) => characters.split('').map((character) => text + character));
    all = [...all, ...longest];
  }
  return all;
}

/**
 * Expects that a language holds exactly the texts of which that is known, and that all else it says of itself is true: which
 * states are hopeless or full, which characters it does not distinguish, and which text is the only one.
 *
 * @param characters - all texts of these, up to the length, are looked at
 */
export function expectLanguage(
  language: Language,
  holds: (text: string) => boolean,
  characters: string,
  length: number,
): void {
  const texts = textsOf(characters, length);
  const held = texts.filter(holds);
  expect(texts.filter((text) => languageIncludes(language, text))).to.deep.equal(held);
  if (language.only !== undefined) expect(held).to.have.members(texts.includes(language.only) ? [language.only] : []);
  const seen = new Set<number>();
  for (const text of texts) {
    const state = stateAfter(language, text);
    if (language.accepts(state) !== holds(text)) expect.fail(`wrong of ${text}`);
    if (!seen.has(state)) expectClasses(language, state);
    seen.add(state);
    if (!language.isDead(state) && !language.isFull(state)) continue;
    const onward = held.filter((one) => one.startsWith(text)).length;
    if (language.isDead(state) && onward > 0) expect.fail(`hopeless after ${text}`);
    if (language.isFull(state) && onward < texts.filter((one) => one.startsWith(text)).length) {
      expect.fail(`full after ${text}`);
    }
  }
}

/** The state that a text leads to. */
function stateAfter(language: Language, text: string): number {
  return text.split('').reduce((state, unit) => language.next(state, unit.charCodeAt(0)), language.start);
}

/** Characters of one class lead to one state, and a class ends only where the language says that one begins. */
function expectClasses(language: Language, state: number): void {
  const byClass = new Map<number, number>();
  const cuts = new Set(language.cuts());
  for (let unit = 0; unit < 0x80; unit += 1) {
    const [of, reached] = [language.classOf(unit), language.next(state, unit)];
    if ((byClass.get(of) ?? reached) !== reached) expect.fail(`${unit} is of the class of others`);
    byClass.set(of, reached);
    if (unit > 0 && !cuts.has(unit) && of !== language.classOf(unit - 1)) expect.fail(`no class begins at ${unit}`);
  }
}
