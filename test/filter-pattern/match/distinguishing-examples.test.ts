import { expect } from 'chai';

import { type Corner, CORNERS, parse, PROBES, readingsThatAgree } from '../../../src/filter-pattern/index.ts';
import { expectedAnswer } from '../../../src/filter-pattern/match/distinguishing-examples.ts';
import { matchesUnderAll } from '../../../src/filter-pattern/match/matches.ts';

const corners = Object.keys(CORNERS) as Corner[];

describe('the probes of a corner', () => {
  for (const corner of corners) {
    it(`tell the readings of ${corner} apart, whatever the other corners are`, () => {
      for (const reading of CORNERS[corner].readings) {
        for (const probe of PROBES[corner]) {
          const result = parse(probe.pattern);
          if (result.kind !== 'parsed') return expect.fail(probe.pattern);
          const { matches } = matchesUnderAll(result.pattern, probe.event, { [corner]: reading });
          expect(matches, `${probe.pattern} on ${probe.event}, ${reading}`).to.equal(
            expectedAnswer(corner, reading, probe),
          );
        }
        const answers = PROBES[corner].map((probe) => expectedAnswer(corner, reading, probe));
        expect(readingsThatAgree(corner, answers)).to.deep.equal([reading]);
      }
    });
  }
});
