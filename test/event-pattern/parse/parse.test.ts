import { expect } from 'chai';

import { parse, print } from '../../../src/event-pattern/index.ts';

/** The mistake, the text with a mark before the place of the mistake, and what the answer names. */
type Mistake = readonly [claim: string, marked: string, kind: 'invalid' | 'undecided', named: RegExp];

const mistakes: readonly Mistake[] = [
  ['a value outside of brackets', '{"source":^"aws.iam"}', 'invalid', /array or an object .*brackets/],
  ['an empty object', '^{}', 'invalid', /at least one field/],
  ['an empty object within', '{"detail":^{}}', 'invalid', /at least one field/],
  ['an empty array', '{"a":^[]}', 'invalid', /at least one value/],
  ['an array in an array', '{"a":[^["x"]]}', 'invalid', /a string, a number/],
  ['no object', '^["a"]', 'invalid', /a JSON object/],
  ['an operator that is none', '{"a":[{^"contains":"x"}]}', 'invalid', /`prefix`/],
  ['an operator without a value', '{"a":[^{}]}', 'invalid', /`prefix`/],
  ['two operators in one object', '{"a":[{"prefix":"x",^"suffix":"y"}]}', 'invalid', /alone/],
  ['a prefix that is no text', '{"a":[{"prefix":^5}]}', 'invalid', /a string/],
  ['an operator within a prefix that is none', '{"a":[{"prefix":{^"wildcard":"x"}}]}', 'invalid', /equals-ignore-case/],
  ['two wildcards in a row', '{"a":[{"wildcard":^"x**"}]}', 'invalid', /single/],
  ['an escape that is none', '{"a":[{"wildcard":^"x\\\\y"}]}', 'invalid', /escape/],
  ['a mixed list', '{"a":[{"anything-but":["x",^5]}]}', 'invalid', /one kind/],
  ['an empty list', '{"a":[{"anything-but":^[]}]}', 'invalid', /at least one value/],
  ['anything but null', '{"a":[{"anything-but":^null}]}', 'invalid', /a string, a number/],
  ['anything but an empty prefix', '{"a":[{"anything-but":{"prefix":^""}}]}', 'invalid', /text/],
  ['anything but an operator that is none', '{"a":[{"anything-but":{^"numeric":["<",5]}}]}', 'invalid', /`prefix`/],
  ['a numeric that is no array', '{"a":[{"numeric":^5}]}', 'invalid', /an array/],
  ['an order that is none', '{"a":[{"numeric":[^"!=",5]}]}', 'invalid', /`=`, `<`/],
  ['an order with text', '{"a":[{"numeric":["<",^"5"]}]}', 'invalid', /a number/],
  ['the upper bound first', '{"a":[{"numeric":["<",5,^">",1]}]}', 'invalid', /lower bound/],
  ['bounds with nothing between them', '{"a":[{"numeric":[">",5,"<",^5]}]}', 'invalid', /greater than 5/],
  ['a block that is none', '{"a":[{"cidr":^"10.0.0.0"}]}', 'invalid', /block/],
  ['a presence that is none', '{"a":[{"exists":^"true"}]}', 'invalid', /true or false/],
  ['single quotes', "{^'a':['x']}", 'invalid', /double quotes/],
  ['a comma at the end', '{"a":["x",^]}', 'invalid', /comma/],
  ['a name without quotes', '{^a:["x"]}', 'invalid', /double quotes/],
  ['one object in `$or`', '{"$or":^[{"a":["x"]}]}', 'undecided', /at least two/],
  ['a text in `$or`', '{"$or":[{"a":["x"]},^"x"]}', 'undecided', /an object/],
  ['an object as `$or`', '{"$or":^{"a":["x"]}}', 'undecided', /array/],
  ['a reserved name in `$or`', '{"$or":[{^"prefix":["x"]},{"a":["x"]}]}', 'undecided', /reserved/],
  ['`exactly`', '{"a":[{^"exactly":"x"}]}', 'undecided', /published engine/],
  ['a number beyond what is compared', '{"a":[{"numeric":["<",^7000000000]}]}', 'undecided', /5000000000/],
  ['a block of one address', '{"a":[{"cidr":^"10.0.0.1/32"}]}', 'undecided', /less than 32/],
  ['a block of half of all addresses', '{"a":[{"cidr":^"0.0.0.0/1"}]}', 'undecided', /at least 8/],
  ['a letter without one lower case', '{"a":[{"equals-ignore-case":^"straße"}]}', 'undecided', /letters/],
  ['text behind the pattern', '{"a":["x"]} ^{}', 'undecided', /end of the text/],
];

describe('parse, of an event pattern', () => {
  for (const [claim, marked, kind, named] of mistakes) {
    it(`points at ${claim}`, () => {
      const offset = marked.indexOf('^');
      const result = parse(marked.slice(0, offset) + marked.slice(offset + 1));
      if (result.kind === 'parsed') throw new Error('it was read');
      expect(result.kind).to.equal(kind);
      expect(result.issue.offset).to.equal(offset);
      expect(`${result.issue.expected} (${result.issue.hint})`).to.match(named);
    });
  }

  it('refuses more characters than a rule may have', () => {
    expect(parse(`{"a":["${'x'.repeat(4096)}"]}`).kind).to.equal('invalid');
  });

  it('does not take apart more alternatives than it can', () => {
    const alternatives = JSON.stringify(Array.from({ length: 2 }, (_, index) => ({ [`b${index}`]: ['x'] })));
    const nested = Array.from({ length: 11 }, (_, index) => `"a${index}":{"$or":${alternatives}}`).join();
    expect(parse(`{${nested}}`).kind).to.equal('undecided');
  });

  it('lets the last of two fields of one name count, and keeps what stands in objects', () => {
    const result = parse('{"a":["x"],"b":{"c":["x"]},"a":["y"],"b":{"d":["y"]}}');
    expect(result.kind === 'parsed' && print(result.pattern)).to.equal('{"b":{"c":["x"]},"a":["y"],"b":{"d":["y"]}}');
  });

  it('reads every operator, and prints it as it was', () => {
    const text =
      '{"a":["x",5.0,true,null,{"prefix":"x"},{"suffix":{"equals-ignore-case":"X"}},{"equals-ignore-case":"x"},{"wildcard":"a*\\\\*"},' +
      '{"anything-but":["x","y"]},{"anything-but":5},{"anything-but":{"wildcard":["a*","b*"]}},{"numeric":[">",0,"<=",5]},' +
      '{"cidr":"10.0.0.0/8"},{"exists":false}],"$or":[{"b":["x"]},{"c":{"d":["x"]}}]}';
    const result = parse(text);
    expect(result.kind === 'parsed' && print(result.pattern)).to.equal(text);
  });
});
