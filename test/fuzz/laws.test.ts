import { check } from './check.ts';
import { seeds } from './seeds.ts';

/** Inputs with which the fuzzer once broke a law: two patterns and an event, each a line. */
const found: readonly (readonly [law: string, input: string])[] = [];

describe('the laws of the language', () => {
  it('hold for each example of the guide next to another one', () => {
    for (const seed of seeds()) check(seed);
  });

  for (const [law, input] of found) {
    it(law, () => {
      check(input);
    });
  }
});
