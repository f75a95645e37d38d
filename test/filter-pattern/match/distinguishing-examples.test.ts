import { expect } from 'chai';

import {
  type Ambiguity,
  AMBIGUITIES,
  parse,
  DISTINGUISHING_EXAMPLES,
  interpretationsThatAgree,
} from '../../../src/filter-pattern/index.ts';
import { expectedAnswer } from '../../../src/filter-pattern/match/distinguishing-examples.ts';
import { matchesUnderAll } from '../../../src/filter-pattern/match/matches.ts';

const ambiguities = Object.keys(AMBIGUITIES) as Ambiguity[];

describe('the probes of an ambiguity', () => {
  for (const ambiguity of ambiguities) {
    it(`distinguish the interpretations of ${ambiguity}, whatever the other ambiguities are`, () => {
      for (const interpretation of AMBIGUITIES[ambiguity].interpretations) {
        for (const probe of DISTINGUISHING_EXAMPLES[ambiguity]) {
          const result = parse(probe.pattern);
          if (result.kind !== 'parsed') return expect.fail(probe.pattern);
          const { matches } = matchesUnderAll(result.pattern, probe.event, { [ambiguity]: interpretation });
          expect(matches, `${probe.pattern} on ${probe.event}, ${interpretation}`).to.equal(
            expectedAnswer(ambiguity, interpretation, probe),
          );
        }
        const answers = DISTINGUISHING_EXAMPLES[ambiguity].map((probe) =>
          expectedAnswer(ambiguity, interpretation, probe),
        );
        expect(interpretationsThatAgree(ambiguity, answers)).to.deep.equal([interpretation]);
      }
    });
  }
});
