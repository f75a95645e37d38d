import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import {
  AMBIGUITIES,
  LIKELY_INTERPRETATIONS,
  matches,
  matchesUnderAll,
  parse,
} from '../../src/filter-pattern/index.ts';
import { type EventObject, type EventValue, writeEvent } from '../../src/filter-pattern/event/event.ts';
import { readEvent } from '../../src/filter-pattern/event/read-event.ts';

interface Row {
  readonly pattern: string;
  /** The raw message. */
  readonly event: string;
  readonly matches: boolean | undefined;
}

// Read without JSON.parse: the rows tell 12.0 from 12.
const read = readEvent(readFileSync(new URL('./data/filter-pattern-examples.json', import.meta.url), 'utf8'));
const file = read.kind === 'read' ? read.value : undefined;

function member(value: EventValue | undefined, name: string): EventValue | undefined {
  return value?.kind === 'object' ? value.members.find((one) => one.name === name)?.value : undefined;
}

/** The rows of one table. */
function rows(table: string): readonly Row[] {
  const list = member(file, table);
  return (list?.kind === 'array' ? list.elements : [])
    .filter((row): row is EventObject => row.kind === 'object')
    .map((row) => {
      const [pattern, event, expected] = ['pattern', 'event', 'matches'].map((name) => member(row, name));
      return {
        pattern: pattern?.kind === 'string' ? pattern.text : '',
        event: event?.kind === 'string' ? event.text : event === undefined ? '' : writeEvent(event),
        matches: expected?.kind === 'boolean' ? expected.value : undefined,
      };
    });
}

describe('the examples of the guide', () => {
  it('agree, documented and derived, in every interpretation', () => {
    const judged = rows('examples');
    expect(judged).to.have.lengthOf(213);
    for (const row of judged) {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      expect(matchesUnderAll(result.pattern, row.event, {}).matches, `${row.pattern} on ${row.event}`).to.equal(
        row.matches,
      );
    }
  });

  it('that the live service was seen to follow agree, or rest on a named ambiguity', () => {
    const judged = rows('observed');
    expect(judged).to.have.lengthOf(58);
    const open: string[] = [];
    for (const row of judged) {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      const match = matchesUnderAll(result.pattern, row.event, {});
      if (match.matches === 'undecided') open.push(`${match.ambiguity ?? 'no ambiguity'}: ${row.pattern}`);
      else expect(match.matches, `${row.pattern} on ${row.event}`).to.equal(row.matches);
    }
    expect(open).to.deep.equal([
      'innerStar: { $.someString = "*111.111.111" }',
      'innerStar: { $.someString = *111.111.111 }',
      'innerStar: { $.someInt != "1*3" }',
      'innerStar: { $.someInt != 1*3 }',
      'innerStar: { $.someFloat != "1*4" }',
      'innerStar: { $.someFloat != 1*4 }',
    ]);
  });

  it('that are disputed are not claimed', () => {
    const judged = rows('disputed');
    expect(judged).to.have.lengthOf(8);
    const ambiguities = judged.map((row) => {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      const { matches: answer, ambiguity } = matchesUnderAll(result.pattern, row.event, {});
      return `${row.pattern}: ${answer}, ${ambiguity ?? 'no ambiguity'}`;
    });
    expect(ambiguities).to.deep.equal([
      ...[
        '[w1=ERROR, w2]',
        '[w1!=ERROR&&w1!=WARN, w2]',
        '[w1=ERROR, w2]',
        '[w1=ERROR || w1=WARNING, w2]',
        '[w1!=ERROR && w1!=WARNING, w2]',
      ].map((pattern) => `${pattern}: undecided, fieldCount`),
      '?"DELETE" ?"delete" ?"remove" -"Pending": undecided, optionalWithExcluded',
      '?"DELETE" ?"delete" ?"remove" -"Pending": undecided, optionalWithExcluded',
      '{ $.n = "Ev*ent" }: undecided, innerStar',
    ]);
  });

  it('that the live service was seen to follow agree with the likely interpretation, where an asterisk does not end a search', () => {
    const likely = { ...LIKELY_INTERPRETATIONS, innerStar: 'leftmost' } as const;
    for (const row of rows('observed')) {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      expect(matches(result.pattern, row.event, likely), row.pattern).to.equal(row.matches);
    }
  });

  it('that AWS refuses are refused, and those that it was seen to refuse are not read', () => {
    for (const { pattern } of rows('invalid')) expect(parse(pattern).kind, pattern).to.equal('invalid');
    const seen = rows('observed_invalid').map(({ pattern }) => [pattern, parse(pattern).kind]);
    expect(seen.filter(([, kind]) => kind !== 'invalid')).to.deep.equal([
      [' {$.ThisFlag IS TRUE} ', 'undecided'],
      [
        "{$.userIdentity.type = 'Root' && $.userIdentity.invokedBy NOT EXISTS && $.eventType != 'AwsServiceEvent'}",
        'undecided',
      ],
    ]);
  });

  it('name a source for every ambiguity', () => {
    for (const { sources, interpretations } of Object.values(AMBIGUITIES)) {
      expect(sources).to.not.be.empty;
      expect(interpretations).to.have.lengthOf.above(1);
    }
  });
});
