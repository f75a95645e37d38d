import { expect } from 'chai';
import fc from 'fast-check';

import { writeEvent } from '../../../src/conditions/event/event.ts';
import { readEvent, readObjectWithin } from '../../../src/conditions/event/read-event.ts';

function rewritten(text: string): string {
  const read = readEvent(text);
  return read.kind === 'read' ? writeEvent(read.value) : `no JSON at ${read.offset}: ${read.expected}`;
}

describe('an event', () => {
  const kept = [
    ['the spelling of numbers', '{"a":12.0,"b":1E+2,"c":-0,"d":1e400,"e":0.10}'],
    ['equal keys', '{"a":1,"a":2}'],
    ['the order of keys', '{"b":1,"a":2}'],
    ['empty containers', '{"a":{},"b":[],"c":[{}]}'],
    ['text with quotes and control characters', '{"a":"\\"\\\\\\n\\u0000"}'],
    ['half a surrogate pair', '"\\ud800"'],
    ['a key called __proto__', '{"__proto__":1}'],
    ['a scalar as a document', 'null'],
  ] as const;
  for (const [what, text] of kept) {
    it(`keeps ${what}`, () => {
      expect(rewritten(text)).to.equal(text);
    });
  }

  it('loses white space and needless escapes only', () => {
    expect(rewritten(' \t\r\n{ "\\u0061" : [ 1 , "\\/" ] }\n')).to.equal('{"a":[1,"/"]}');
  });

  const refused = [
    ['', 'no JSON at 0: a JSON value'],
    ['{"a":1} {"a":2}', 'no JSON at 8: the end of the text'],
    ['{"a":1,}', 'no JSON at 7: a key in double quotes'],
    ['[1,]', 'no JSON at 3: a JSON value'],
    ['{a:1}', 'no JSON at 1: a key in double quotes'],
    ["{'a':1}", 'no JSON at 1: a key in double quotes'],
    ['{"a" 1}', 'no JSON at 5: `:`'],
    ['{"a":1 "b":2}', 'no JSON at 7: `,` or `}`'],
    ['[1 2]', 'no JSON at 3: `,` or `]`'],
    ['[1}', 'no JSON at 2: `,` or `]`'],
    ['{"a":1', 'no JSON at 6: `,` or `}`'],
    ['{"a":01}', 'no JSON at 6: `,` or `}`'],
    ['{"a":+1}', 'no JSON at 5: a JSON value'],
    ['{"a":.5}', 'no JSON at 5: a JSON value'],
    ['{"a":1.}', 'no JSON at 6: `,` or `}`'],
    ['NaN', 'no JSON at 0: a JSON value'],
    ['"a\nb"', 'no JSON at 0: a JSON value'],
    ['"\\x41"', 'no JSON at 0: a JSON value'],
    ['"open', 'no JSON at 0: a JSON value'],
    ['\ufeff{}', 'no JSON at 0: a JSON value'],
    ['{} // comment', 'no JSON at 3: the end of the text'],
  ] as const;
  for (const [text, issue] of refused) {
    it(`is not read from ${JSON.stringify(text)}`, () => {
      expect(rewritten(text)).to.equal(issue);
    });
  }

  it('is read and written at any depth', () => {
    const depth = 50_000;
    const deep = `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`;
    expect(rewritten(deep)).to.have.lengthOf(deep.length);
    expect(rewritten('['.repeat(depth))).to.match(/^no JSON/);
  });

  it('is JSON exactly where JSON.parse says so, and means the same', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]":,01.eE+-\\u tn\n')), maxLength: 12 }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const read = readEvent(any);
        let parsed: unknown;
        try {
          parsed = JSON.parse(any);
        } catch {
          expect(read.kind).to.equal('no-json');
          return;
        }
        if (read.kind !== 'read') throw new Error(`not read: ${any}`);
        expect(JSON.stringify(JSON.parse(writeEvent(read.value)))).to.equal(JSON.stringify(parsed));
      }),
      { numRuns: 1000 },
    );
  });

  it('is found within other text, if an object begins there', () => {
    const within = readObjectWithin('INFO {"a":1} done');
    expect(within && writeEvent(within)).to.equal('{"a":1}');
    expect(readObjectWithin('INFO [1]')).to.be.undefined;
    expect(readObjectWithin('INFO {no}')).to.be.undefined;
  });
});
