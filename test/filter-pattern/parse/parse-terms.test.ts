import { expect } from 'chai';
import { parse, print } from '../../../src/filter-pattern/index.ts';

describe('terms', () => {
  const readable: readonly [pattern: string, canonical: string][] = [
    ['', ''],
    ['ERROR', '"ERROR"'],
    ['ERROR  ARGUMENTS', '"ERROR" "ARGUMENTS"'],
    ['"INTERNAL SERVER ERROR"', '"INTERNAL SERVER ERROR"'],
    ['?ERROR ?"bad word"', '?"ERROR" ?"bad word"'],
    ['ERROR -"Exiting now"', '"ERROR" -"Exiting now"'],
    ['"a \\"b\\" \\\\"', '"a \\"b\\" \\\\"'],
    ['"a*b"', '"a*b"'],
    ['"%a%"', '"%a%"'],
    ['" "', '" "'],
    ['-A', '-"A"'],
  ];
  for (const [pattern, canonical] of readable) {
    it(`${JSON.stringify(pattern)} is read, and printed as ${canonical}`, () => {
      const result = parse(pattern);
      if (result.kind !== 'parsed') return expect.fail(JSON.stringify(result));
      expect(print(result.pattern)).to.equal(canonical);
      expect(parse(canonical)).to.deep.equal(result);
    });
  }

  it('are printed without quotes where they would be longer than AWS allows with them', () => {
    const pattern = Array.from({ length: 300 }, (_, index) => `t${String(index % 10)}`).join(' ');
    const result = parse(pattern);
    expect(result.kind === 'parsed' && print(result.pattern)).to.equal(pattern);
  });

  const refused: readonly [pattern: string, found: string][] = [
    ['a@b.com', '@b'],
    ['user:root', ':'],
    ['a,b', ','],
    ['""', '"'],
    ['"open', '"'],
    ['?', 'end of pattern'],
    ['a=b', '='],
  ];
  for (const [pattern, found] of refused) {
    it(`${pattern} is refused`, () => {
      const result = parse(pattern);
      if (result.kind !== 'invalid') return expect.fail(JSON.stringify(result));
      expect(found).to.satisfy((text: string) => result.issue.found.startsWith(text.charAt(0)));
    });
  }

  const open = [
    '%a% ERROR',
    '?%a%',
    '-%a%',
    'ERROR - "Exiting"',
    'Describe*',
    's3.amazonaws.com',
    ' ERROR',
    'ERROR\n',
    ' ',
    'a"b"',
  ];
  for (const pattern of open) {
    it(`${JSON.stringify(pattern)} is left open, since AWS describes no meaning`, () => {
      expect(parse(pattern).kind).to.equal('undecided');
    });
  }
});
