import { expect } from 'chai';

import { BudgetSpent } from '../../../src/conditions/budget.ts';
import type { Clause, TextTest } from '../../../src/conditions/texts/clause.ts';
import { clausesHold } from '../../../src/conditions/texts/clause.ts';
import { findText } from '../../../src/conditions/texts/find-text.ts';
import { textsOf } from '../languages/language-laws.ts';
import { each, number, word } from './clauses.ts';

const find = (clauses: readonly Clause[], hints: readonly string[] = []) =>
  findText(clauses, hints, { left: 1_000_000 });
const foundFor = (...tests: readonly TextTest[]) => find(each(...tests));

const texts = [...textsOf('ab12', 3), '1.5', '-1', '10', '20', '1e1', '1.0', '01', '+1', 'a1.0'];
const pool: readonly TextTest[] = [
  word('a'),
  word('ab'),
  word('1'),
  word('a*'),
  word('*b'),
  word('*1*'),
  word('1*'),
  word('a', false),
  word('', false),
  word('*b*', false),
  word('1*', false),
  number('=', '1'),
  number('>', '1'),
  number('<=', '10'),
  number('=', '1', { wanted: false }),
  number('>', '1', { wanted: false }),
];

describe('the text that satisfies clauses', () => {
  it('satisfies them, and is none only where none of many texts does', () => {
    const questions = pool.flatMap((first, at) =>
      pool
        .slice(at)
        .flatMap((second, more) => [
          each(first, second),
          [[first, second]],
          each(first, second, pool[(at + 2 * more + 5) % pool.length] ?? first),
        ]),
    );
    for (const clauses of questions) {
      const found = find(clauses);
      const right = texts.find((text) => clausesHold(clauses, text, 'string'));
      if (found.kind === 'text' && !clausesHold(clauses, found.text, 'string')) expect.fail(`${found.text} is wrong`);
      if (found.kind !== 'text' && right !== undefined) expect.fail(`${right} satisfies ${JSON.stringify(clauses)}`);
    }
  });

  const none: readonly (readonly [claim: string, tests: readonly TextTest[]])[] = [
    ['two texts at once', [word('a'), word('b')]],
    ['a text that is denied', [word('a'), word('a', false)]],
    ['a text with another beginning', [word('a'), word('b*')]],
    ['two beginnings', [word('a*'), word('b*')]],
    ['letters that are a number', [word('a*'), number('=', '1')]],
    ['a number that is no number', [number('=', '1'), number('>', '1')]],
    ['a number whose text begins with another digit', [number('=', '5'), word('4*')]],
  ];
  for (const [claim, tests] of none) {
    it(`is none for ${claim}`, () => {
      expect(foundFor(...tests)).to.deep.equal({ kind: 'none' });
    });
  }

  it('is a hint where one will do, and else the most plausible', () => {
    expect(find(each(word('a*')), ['b', 'ab'])).to.deep.equal({ kind: 'text', text: 'ab' });
    expect(find(each(word('a*')), ['b'])).to.deep.equal({ kind: 'text', text: 'a' });
    expect(find([], ['x'])).to.deep.equal({ kind: 'text', text: 'x' });
    expect(find(each(word('a*'), word('*b')))).to.deep.equal({ kind: 'text', text: 'ab' });
  });

  it('is the one that a clause names, without a look at hints', () => {
    expect(find(each(word('a'), word('*a*')), ['ab'])).to.deep.equal({ kind: 'text', text: 'a' });
  });

  it('is one of those that a clause names, or none', () => {
    const named: Clause = [word('a'), word('b')];
    expect(find([named, [word('a', false)]])).to.deep.equal({ kind: 'text', text: 'b' });
    expect(find([named, [word('*c*')]])).to.deep.equal({ kind: 'none' });
    expect(find([[word('a'), word('*b')], [word('a', false)], [word('b', false)]]).kind).to.equal('text');
  });

  it('is a text that is no number where a comparison is denied, if the clauses allow one', () => {
    const found = foundFor(number('>', '1', { wanted: false }), number('<=', '1', { wanted: false }));
    if (found.kind !== 'text') throw new Error(found.kind);
    expect(Number.isNaN(Number(found.text)) || found.text === '', found.text).to.equal(true);
  });

  it('is one that is no number, too, where what the clauses propose does not do', () => {
    const denied = number('>', '1', { wanted: false });
    const others = [number('<=', '1', { wanted: false }), word('', false), word('a*', false)];
    const found = foundFor(denied, ...others);
    if (found.kind !== 'text') throw new Error(found.kind);
    expect(clausesHold(each(denied, ...others), found.text, 'string'), found.text).to.equal(true);
  });

  it('is compared as it is, however numbers are written', () => {
    expect(foundFor(word('1e1', true, 'plain'))).to.deep.equal({ kind: 'text', text: '1e1' });
  });

  describe('takes few steps', () => {
    const cheap = (clauses: readonly Clause[], left: number, hints: readonly string[] = []) =>
      findText(clauses, hints, { left });
    const hints = Array.from({ length: 50 }, (_, at) => `hint ${at}`);

    it('where a clause names the text', () => {
      expect(cheap(each(word('a'), word('b*')), 1, hints)).to.deep.equal({ kind: 'none' });
      expect(cheap(each(word('b*'), word('a')), 1, hints)).to.deep.equal({ kind: 'none' });
      expect(cheap(each(word('a'), word('a*')), 1, hints)).to.deep.equal({ kind: 'text', text: 'a' });
    });

    it('where a clause names its texts', () => {
      const named: Clause = [word('a'), word('b')];
      expect(cheap([named, [word('*c*')]], 8)).to.deep.equal({ kind: 'none' });
      expect(cheap([[word('*c*')], named], 8)).to.deep.equal({ kind: 'none' });
    });

    it('where all wanted pieces in a row will do', () => {
      expect(cheap(each(word('*abc*'), word('*def*')), 8)).to.deep.equal({ kind: 'text', text: 'abcdef' });
    });
  });

  it('is a number where a comparison is wanted', () => {
    expect(foundFor(number('=', '5'))).to.deep.equal({ kind: 'text', text: '5' });
    expect(foundFor(number('=', '5'), word('0*')).kind).to.equal('text');
  });

  it('is none or any where that is settled', () => {
    expect(find([[{ kind: 'constant', holds: false }]])).to.deep.equal({ kind: 'none' });
    expect(find([[{ kind: 'constant', holds: true }]]).kind).to.equal('text');
  });

  it('takes steps', () => {
    expect(() => findText(each(word('a*')), ['b', 'c', 'd'], { left: 2 })).to.throw(BudgetSpent);
  });
});
