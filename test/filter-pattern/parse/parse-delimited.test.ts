import { expect } from 'chai';
import { parse, print } from '../../../src/filter-pattern/index.ts';

describe('a space-delimited pattern', () => {
  const readable: readonly [pattern: string, canonical: string][] = [
    ['[]', '[]'],
    ['[ ]', '[]'],
    ['[...]', '[...]'],
    ['[,]', '[, ]'],
    ['[ip, user, ..., status_code, bytes]', '[ip, user, ..., status_code, bytes]'],
    ['[..., request=*.html*, status_code=4*,]', '[..., request = "*.html*", status_code = "4*", ]'],
    ['[bytes > 1000,size<=-1.5e3]', '[bytes > 1000, size <= -1.5e3]'],
    ['[w1!=ERROR&&w1!=WARN||w1="a, b", w2]', '[w1 != "ERROR" && w1 != "WARN" || w1 = "a, b", w2]'],
    ['[url=%/service/[0-9]+$%, response_time]', '[url = %/service/[0-9]+$%, response_time]'],
  ];
  for (const [pattern, canonical] of readable) {
    it(`${pattern} is read, and printed as ${canonical}`, () => {
      const result = parse(pattern);
      if (result.kind !== 'parsed') return expect.fail(JSON.stringify(result));
      expect(print(result.pattern)).to.equal(canonical);
      expect(parse(canonical)).to.deep.equal(result);
    });
  }

  const refused: readonly [pattern: string, found: string][] = [
    ['[time, level=ERROR, msg', 'end of pattern'],
    ['[..., a, ...]', '...'],
    ['[status_code = 4* && bytes > 1000]', 'bytes'],
    ['[w = a && (w = b)]', '('],
    ['[w == a]', '=='],
    ['[a b]', 'b'],
    ['[w = ]', ']'],
    ['[w > "1"]', '"'],
    ['[w = a || ]', ']'],
    ['[w = a & w = b]', '&'],
  ];
  for (const [pattern, found] of refused) {
    it(`${pattern} is refused at ${found}`, () => {
      const result = parse(pattern);
      if (result.kind !== 'invalid') return expect.fail(JSON.stringify(result));
      expect(result.issue.found).to.equal(found);
    });
  }

  const open = [' [a]', '[a, a]', '[w = a b]', '[w = a/b]', "[w = 'a']", '[a]\n'];
  for (const pattern of open) {
    it(`${JSON.stringify(pattern)} is left open, since AWS describes no meaning`, () => {
      expect(parse(pattern).kind).to.equal('undecided');
    });
  }
});
