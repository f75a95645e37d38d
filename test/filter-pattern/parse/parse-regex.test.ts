import { expect } from 'chai';
import { parse, print } from '../../../src/filter-pattern/index.ts';

describe('a regular expression', () => {
  const readable: readonly [regex: string, canonical: string][] = [
    ['%AUTHORIZED%', '%AUTHORIZED%'],
    ['%^[hc]at$%', '%^[hc]at$%'],
    ['%^starting|^initializing|^shutting down%', '%^starting|^initializing|^shutting down%'],
    ['%a{3}b{3,}c{,3}d{3,5}%', '%a{3}b{3,}c{,3}d{3,5}%'],
    ['%a{1}b{0,}c{1,}d{0,1}%', '%ab*c+d?%'],
    ['%\\[.\\]%', '%\\[.\\]%'],
    ['%[^\\d\\S.$*]%', '%[^\\d\\S.$*]%'],
    ['%[-a][a-][a\\-b][\\^a][a^]%', '%[-a][a-][a\\-b][\\^a][a^]%'],
    ['%\\x28\\x41\\x5b\\x25%', '%\\x28A\\[\\x25%'],
    ['%\\/\\:%', '%/:%'],
    ['%:_#=@/;,- %', '%:_#=@/;,- %'],
  ];
  for (const [regex, canonical] of readable) {
    it(`${regex} is read, alone and as a value, and printed as ${canonical}`, () => {
      for (const wrap of [(text: string) => text, (text: string) => `{ $.a != ${text} }`]) {
        const result = parse(wrap(regex));
        if (result.kind !== 'parsed') return expect.fail(JSON.stringify(result));
        expect(print(result.pattern)).to.equal(wrap(canonical));
        expect(parse(print(result.pattern))).to.deep.equal(result);
      }
    });
  }

  const refused: readonly [regex: string, found: string, offset: number][] = [
    ['%something!%', '!', 10],
    ['%^Deactivate(MFA)%', '(', 12],
    ['%\\(%', '(', 2],
    ['%[(]%', '(', 2],
    ['%é%', 'é', 1],
    ['%a"b%', '"', 2],
    ['%[ab%', '[', 1],
    ['%abc', '%', 0],
  ];
  for (const [regex, found, offset] of refused) {
    it(`${regex} is refused at ${found}`, () => {
      const result = parse(regex);
      if (result.kind !== 'invalid') return expect.fail(JSON.stringify(result));
      expect([result.issue.found, result.issue.offset]).to.deep.equal([found, offset]);
      expect(parse(`{ $.a = ${regex} }`)).to.have.property('kind', 'invalid');
    });
  }

  it('is refused where it is the third of its pattern', () => {
    expect(parse('{ $.a = %a% || $.b = %b% }').kind).to.equal('parsed');
    expect(parse('{ $.a = %a% || $.b = %b% || $.c = %c% }').kind).to.equal('invalid');
    expect(parse('[a=%a%, b=%b%, c=%c%]').kind).to.equal('invalid');
  });

  it('is refused behind an order', () => {
    expect(parse('{ $.a > %1% }').kind).to.equal('invalid');
  });

  it('repeats its name where a repair is known', () => {
    const result = parse('%^Deactivate(MFA)%');
    expect(result.kind === 'invalid' && result.issue.hint).to.contain('\\x28');
  });

  const open = [
    '%%',
    '%a|%',
    '%*a%',
    '%a**%',
    '%a+?%',
    '%^*%',
    '%a{b%',
    '%a{,}%',
    '%a{3,1}%',
    '%a]%',
    '%[]a]%',
    '%[[a]%',
    '%[z-a]%',
    '%[a-c-e]%',
    '%[\\d-z]%',
    '%\\bword%',
    '%\\1%',
    '%100\\%%',
    '%\\xe9%',
  ];
  for (const regex of open) {
    it(`${regex} is left open, since AWS describes no meaning`, () => {
      expect(parse(regex).kind).to.equal('undecided');
    });
  }
});
