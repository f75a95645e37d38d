import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import {
  AMBIGUITIES,
  type Ambiguity,
  documentedInterpretation,
  LIKELY_INTERPRETATIONS,
  matches,
  matchesUnderAll,
  parse,
} from '../../src/filter-pattern/index.ts';
import type { Trivalent } from '../../src/filter-pattern/index.ts';
import { settledInterpretations } from '../../src/filter-pattern/ambiguities/settlements.ts';
import { type EventObject, type EventValue, writeEvent } from '../../src/conditions/event/event.ts';
import { readEvent } from '../../src/conditions/event/read-event.ts';

interface Row {
  readonly pattern: string;
  /** The raw message. */
  readonly event: string;
  readonly matches: Trivalent;
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
        matches: expected?.kind === 'boolean' ? expected.value : 'undecided',
      };
    });
}

describe('the examples of the guide', () => {
  it('agree, documented and derived, under every interpretation', () => {
    const judged = rows('examples');
    expect(judged).to.have.lengthOf(213);
    for (const row of judged) {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      expect(matchesUnderAll(result.pattern, row.event).matches, `${row.pattern} on ${row.event}`).to.equal(
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

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html, with the lines that it shows.
  const [FIRST, SECOND, WARNING, ERROR] = [
    'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200',
    'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310',
    'WARNING 09/25/2014 12:00:02 Invalid user request',
    'ERROR 09/25/2014 12:00:02 Failed to process request',
  ] as const;
  const documented: readonly (readonly [pattern: string, event: string, matches: boolean])[] = [
    ['[w1=ERROR, w2]', ERROR, true],
    ['[w1=ERROR, w2]', WARNING, false],
    ['[w1=ERROR || w1=WARNING, w2]', ERROR, true],
    ['[w1=ERROR || w1=WARNING, w2]', WARNING, true],
    ['[w1=ERROR || w1=WARNING, w2]', FIRST, false],
    ['[w1=ERROR || w1=%WARN%, w2]', WARNING, true],
    ['[w1!=ERROR && w1!=WARNING, w2]', FIRST, true],
    ['[w1!=ERROR && w1!=WARNING, w2]', SECOND, true],
    ['[w1!=ERROR && w1!=WARNING, w2]', ERROR, false],
    ['" "', 'word', true],
    ['?ERROR -ARGUMENTS', '[ERROR 401] UNAUTHORIZED REQUEST', true],
    ['?ERROR -ARGUMENTS', '[ERROR 420] INVALID ARGUMENTS', false],
    ['?ERROR ?ARGUMENTS REQUEST', '[INFO] REQUEST FAILED', true],
  ];
  for (const [pattern, event, expected] of documented) {
    it(`decide that ${pattern} ${expected ? 'matches' : 'does not match'} ${event}`, () => {
      const result = parse(pattern);
      expect(result.kind === 'parsed' && matchesUnderAll(result.pattern, event).matches).to.equal(expected);
    });
  }

  it('that pages and reports dispute follow the guide where it says something, and are undecided elsewhere', () => {
    const judged = rows('disputed');
    expect(judged).to.have.lengthOf(8);
    const answers = judged.map((row) => {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') throw new Error(`${row.pattern} is not read`);
      const { matches: answer, ambiguity } = matchesUnderAll(result.pattern, row.event);
      return [row.pattern, answer, ambiguity];
    });
    expect(answers).to.deep.equal([
      ['[w1=ERROR, w2]', true, undefined],
      ['[w1!=ERROR&&w1!=WARN, w2]', false, undefined],
      ['[w1=ERROR, w2]', true, undefined],
      ['[w1=ERROR || w1=WARNING, w2]', true, undefined],
      ['[w1!=ERROR && w1!=WARNING, w2]', true, undefined],
      ['?"DELETE" ?"delete" ?"remove" -"Pending"', true, undefined],
      ['?"DELETE" ?"delete" ?"remove" -"Pending"', false, undefined],
      ['{ $.n = "Ev*ent" }', 'undecided', 'innerStar'],
    ]);
  });

  it('name the page where the documentation settles an ambiguity, and answers of AWS come before it', () => {
    const settled = (Object.keys(AMBIGUITIES) as Ambiguity[]).filter((name) => documentedInterpretation(name));
    expect(settled).to.have.members(['optionalWithExcluded', 'blankPhrase']);
    for (const name of settled)
      expect(documentedInterpretation(name)?.page).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
    const asked = { blankPhrase: { interpretation: 'blank', date: '2026-11-26', by: 'TestMetricFilter' } };
    expect(settledInterpretations(asked)).to.deep.equal({ optionalWithExcluded: 'ignored', blankPhrase: 'blank' });
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
