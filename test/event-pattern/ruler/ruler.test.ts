import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { match, parse } from '../../../src/event-pattern/index.ts';

const { engine, rows } = JSON.parse(readFileSync('test/event-pattern/data/ruler.json', 'utf8')) as {
  readonly engine: string;
  readonly rows: readonly (readonly [pattern: string, event: string, answer: boolean | 'invalid'])[];
};

describe(`the answers of ${engine}`, () => {
  const ours = rows.map(([pattern, event]) => {
    const parsed = parse(pattern);
    return parsed.kind === 'parsed' ? match(parsed.pattern, event).matches : parsed.kind;
  });

  it('are ours as well, wherever we have one', () => {
    for (const [index, [pattern, event, answer]] of rows.entries()) {
      const row = `${pattern} ${event}`;
      if (answer === 'invalid') expect(ours[index], row).to.be.oneOf(['invalid', 'undecided']);
      else expect(ours[index], row).to.be.oneOf([answer, 'undecided']);
    }
  });

  it('are thousands, of both kinds', () => {
    const counts = [true, false].map((kind) => rows.filter(([, , answer]) => answer === kind).length);
    expect(Math.min(...counts)).to.be.greaterThan(1000);
  });

  it('are left open by us in few cases', () => {
    expect(ours.filter((answer) => answer === 'undecided').length).to.be.lessThan(rows.length / 25);
  });
});
