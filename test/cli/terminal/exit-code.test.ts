import { expect } from 'chai';

import type { CountedVerdict, FailOn } from '../../../src/cli/terminal/exit-code.ts';
import { exitCodeOf } from '../../../src/cli/terminal/exit-code.ts';

const of = (verdict: CountedVerdict['verdict'], mark: 'excepted' | 'earlier' | '' = ''): CountedVerdict => ({
  verdict,
  isExcepted: mark === 'excepted',
  isFromEarlierRun: mark === 'earlier',
});

describe('the exit code of verdicts', () => {
  const cases: readonly (readonly [readonly CountedVerdict[], FailOn, number])[] = [
    [[of('satisfied')], 'undecided', 0],
    [[of('satisfied'), of('undecided')], 'undecided', 3],
    [[of('undecided'), of('broken')], 'undecided', 2],
    [[of('undecided')], 'broken', 0],
    [[of('undecided'), of('broken')], 'broken', 2],
    [[of('undecided'), of('broken')], 'none', 0],
    [[of('broken', 'excepted')], 'undecided', 0],
    [[of('broken', 'excepted'), of('undecided')], 'undecided', 3],
    [[of('undecided', 'excepted'), of('broken')], 'undecided', 2],
    [[of('satisfied', 'earlier'), of('satisfied')], 'undecided', 4],
    [[of('satisfied', 'earlier'), of('broken')], 'undecided', 2],
    [[of('satisfied', 'earlier')], 'broken', 0],
  ];
  for (const [verdicts, failOn, code] of cases) {
    const what = verdicts.map(
      (one) => `${one.verdict}${one.isExcepted ? ' (excepted)' : ''}${one.isFromEarlierRun ? ' (earlier)' : ''}`,
    );
    it(`is ${code} for ${what.join(', ')}, with --fail-on ${failOn}`, () => {
      expect(exitCodeOf(verdicts, failOn)).to.equal(code);
    });
  }
});
