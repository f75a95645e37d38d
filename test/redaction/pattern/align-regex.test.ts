import { expect } from 'chai';
import fc from 'fast-check';

import { matchesUnderAll, parse } from '../../../src/filter-pattern/index.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { redact } from '../../../src/redaction/redact.ts';
import { ACCOUNT, LOG_GROUP_ARN, TRAIL_ARN, filter, snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { kinds, leftOf, spellings } from '../planted-texts.ts';

/** An account whose filters look for regular expressions in an ARN, and whose trail leaves out some ARNs. */
const account = (regexes: readonly string[], excluded: readonly string[]): Inventory =>
  snapshotOf(
    soundWorld({
      filters: {
        [LOG_GROUP_ARN]: regexes.map((regex, at) =>
          filter({ filterName: `f${at}`, filterPattern: `{ $.userIdentity.arn = %${regex}% }` }),
        ),
      },
      selectors: {
        [TRAIL_ARN]: {
          eventSelectors: [],
          advancedEventSelectors: [
            {
              fieldSelectors: [
                { field: 'eventCategory', equals: ['Management'] },
                { field: 'userIdentity.arn', notEquals: excluded },
              ],
            },
          ],
        },
      },
    }),
  );

/** The texts that a copy of the trail leaves out. */
const excludedIn = ({ parts }: Inventory): readonly string[] =>
  Object.values(parts['event-selectors'] ?? {})
    .flatMap((part) => (part.kind === 'present' ? (part.value?.advancedEventSelectors ?? []) : []))
    .flatMap(({ fieldSelectors }) => fieldSelectors.flatMap(({ notEquals = [] }) => notEquals));

/** Whether an expression matches a text, as the language itself says it. */
function finds(text: string, arn: string): boolean | 'undecided' {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a pattern: ${text}`);
  return matchesUnderAll(parsed.pattern, JSON.stringify({ userIdentity: { arn } })).matches;
}

describe('a regular expression in a copy', () => {
  const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
  /** An expression, a text, and whether the first is somewhere in the second. */
  const rows: readonly (readonly [regex: string, text: string, isThere: boolean])[] = [
    ['Jane.Q..Doe', arn('Jane Q. Doe'), true],
    ['Jane.Q..Doe', arn('Jane-Q-Doe'), false],
    ['jane', arn('Jane Q. Doe'), false],
    ['203.0.113.77', arn('203.0.113.77'), true],
    ['arn.aws.iam..[0-9]+.user.jane', arn('jane'), true],
    ['user.name-zoe', arn('name/zoe'), false],
    ['user.name.zoe', arn('name-zoe'), true],
    ['^arn:aws:iam::[0-9]{12}:user\\/j.ne$', arn('jane'), true],
    ['^arn:aws:iam::[0-9]{12}:user\\/j.ne$', arn('jaane'), false],
    [':user\\/.*ane$', arn('jane'), true],
    ['j.*e', arn('jane'), true],
    ['kunde4711', arn('%6b%75%6e%64%65%34%37%31%31'), false],
    ['jane|joan', arn('joan'), true],
  ];
  for (const [regex, text, isThere] of rows) {
    it(`%${regex}% ${isThere ? 'still finds' : 'finds no more'} the copy of ${text}`, () => {
      const [seen, shown] = [`{ $.userIdentity.arn = %${regex}% }`, redact(account([regex], [text]))];
      const copy = shown.patternOf(seen) ?? '';
      const [copied = ''] = excludedIn(shown.copy);
      expect(finds(seen, text), 'of the account').to.equal(isThere);
      expect(finds(copy, copied), `${copy} in ${copied}`).to.equal(isThere);
      expect(copy).not.to.match(/jane|joan|doe|kunde|4711|zoe/i);
    });
  }

  it('finds the copy of each text of the account that it finds, whatever the name and its spelling, and shows no name', () => {
    const spelledName = fc
      .tuple(fc.constantFrom(...kinds), fc.constantFrom(...spellings))
      .map(([text, spell]) => ({ text, spelled: spell(text).replaceAll(/["\\*]/g, '') }));
    const dots = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '.');
    fc.assert(
      fc.property(spelledName, spelledName, fc.boolean(), (one, other, isShort) => {
        const texts = [arn(one.spelled), arn(other.spelled)];
        const regex = dots(isShort ? one.spelled.slice(1, -1) : one.spelled);
        const { copy, patternOf } = redact(account([regex], texts));
        const seen = `{ $.userIdentity.arn = %${regex}% }`;
        const shown = patternOf(seen) ?? '';
        for (const [at, copied] of excludedIn(copy).entries()) {
          expect(finds(shown, copied), `${shown} in ${copied}`).to.equal(finds(seen, texts[at] ?? ''));
        }
        expect([...leftOf(one.text, JSON.stringify(copy)), ...leftOf(other.text, JSON.stringify(copy))]).to.be.empty;
      }),
      { numRuns: 60 },
    );
  });
});
