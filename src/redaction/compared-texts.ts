import { parse } from '../filter-pattern/index.ts';
import type { EventSelectors } from '../inventory/resources.ts';
import { conditionsIn, lastName } from './allowed.ts';

/** The texts that an account compares a field with, by the last name of the field. */
export type ComparedTexts = ReadonlyMap<string, readonly string[]>;

/** More texts of one field are not looked at, so that a copy takes time in proportion to the account. */
const MOST_TEXTS = 200;

/**
 * What the selectors of trails and the patterns of metric filters compare fields with. It is asked for only for regular
 * expressions, so it is empty without one.
 */
export function comparedTexts(selectors: readonly EventSelectors[], patterns: readonly string[]): ComparedTexts {
  const texts = new Map<string, string[]>();
  const known = new Set<string>();
  const add = (field: string, text: string) => {
    const ofField = texts.get(field) ?? [];
    texts.set(field, ofField);
    const id = JSON.stringify([field, text]);
    if (text.includes('*') || known.has(id) || ofField.length === MOST_TEXTS) return;
    known.add(id);
    ofField.push(text);
  };
  const distinct = [...new Set(patterns)];
  if (!distinct.some((text) => text.includes('%'))) return texts;
  for (const { fieldSelectors } of selectors.flatMap(({ advancedEventSelectors }) => advancedEventSelectors)) {
    for (const { field, ...operators } of fieldSelectors) {
      for (const text of Object.values(operators).flat()) add(field.split('.').at(-1) ?? '', text);
    }
  }
  for (const pattern of distinct) {
    const parsed = parse(pattern);
    if (parsed.kind !== 'parsed' || parsed.pattern.kind !== 'json') continue;
    for (const condition of conditionsIn(parsed.pattern.expression)) {
      if (condition.kind === 'equality' && condition.value.kind === 'word')
        add(lastName(condition.selector), condition.value.text);
    }
  }
  return texts;
}
