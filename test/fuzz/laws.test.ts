import { check } from './check.ts';
import { checkEvent } from './check-event.ts';
import { eventSeeds, seeds } from './seeds.ts';

/** Inputs with which the fuzzer once broke a law: two patterns and an event, each a line. */
const found: readonly (readonly [law: string, input: string])[] = [];

/** The same for event patterns. */
const foundOfEvents: readonly (readonly [law: string, input: string])[] = [];

describe('the laws of the languages', () => {
  it('hold for each example of the guide next to another one', () => {
    for (const seed of seeds()) check(seed);
  });

  it('hold for event patterns about which the published engine was asked', () => {
    for (const seed of eventSeeds()) checkEvent(seed);
  });

  for (const [law, input] of foundOfEvents) {
    it(law, () => {
      checkEvent(input);
    });
  }

  for (const [law, input] of found) {
    it(law, () => {
      check(input);
    });
  }
});
