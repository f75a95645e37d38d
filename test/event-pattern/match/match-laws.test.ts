import { expect } from 'chai';

import { match, parse, print } from '../../../src/event-pattern/index.ts';
import { randomRows } from '../random-rows.ts';
import { slowMatch } from '../slow-match.ts';

const ROWS = 3000;

function readPattern(text: string) {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`${text}: ${parsed.issue.expected}`);
  return parsed.pattern;
}

/** The slow reading knows neither names with points nor equal keys, and no other address than IPv4. */
function isForSlowReading(pattern: string, event: string): boolean {
  return (
    !/\w\.\w+"\s*:/.test(pattern + event) &&
    !pattern.includes('::') &&
    print(readPattern(pattern)) === print(readPattern(JSON.stringify(JSON.parse(pattern))))
  );
}

describe('an event pattern', () => {
  it('means the same when it is printed and read again', () => {
    const rows = randomRows(1);
    for (let row = 0; row < ROWS; row += 1) {
      const pattern = readPattern(rows.pattern());
      const again = readPattern(print(pattern));
      expect(print(again)).to.equal(print(pattern));
      const event = rows.event();
      expect(match(again, event)).to.deep.equal(match(pattern, event));
    }
  });

  it('matches as a slow reading does, with each way to look for what is missing', () => {
    const rows = randomRows(2);
    let compared = 0;
    let matched = 0;
    let open = 0;
    for (let row = 0; row < ROWS; row += 1) {
      const [pattern, event] = [rows.pattern(), rows.event()];
      if (!isForSlowReading(pattern, event)) continue;
      const { matches } = match(readPattern(pattern), event);
      if (matches === 'undecided') {
        open += 1;
        continue;
      }
      compared += 1;
      if (matches) matched += 1;
      for (const absence of ['in the event', 'in the object'] as const) {
        const answer = slowMatch(pattern, event, absence);
        expect(answer, `${pattern} ${event} ${absence}`).to.equal(matches);
      }
    }
    expect(compared).to.be.greaterThan(ROWS / 3);
    expect(matched).to.be.greaterThan(ROWS / 50);
    expect(open).to.be.lessThan(ROWS / 25);
  });
});

describe('an event that is hard to read', () => {
  const pattern = readPattern('{"a":["x"]}');

  it('is no event if it is no JSON object', () => {
    expect(['', 'x', '[]', '{"a":"x"', '"a"'].map((event) => match(pattern, event).matches)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is left open if it is nested deeper than the published engine reads', () => {
    const depth = 100_000;
    const event = `{"a":${'['.repeat(depth)}"x"${']'.repeat(depth)}}`;
    expect(match(pattern, event).matches).to.equal('undecided');
  });

  it('is left open if it has a key twice that is asked for, and only then', () => {
    expect(match(pattern, '{"a":"x","a":"y"}').matches).to.equal('undecided');
    expect(match(pattern, '{"a":"x","b":1,"b":2}').matches).to.equal(true);
  });
});
