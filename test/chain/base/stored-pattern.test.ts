import { expect } from 'chai';

import { readStoredPattern } from '../../../src/chain/base/stored-pattern.ts';
import { print } from '../../../src/filter-pattern/index.ts';

describe('the pattern of a filter as AWS stores it', () => {
  const read = (filterPattern: string) => readStoredPattern({ filterPattern });
  const meaning = (filterPattern: string) => {
    const stored = read(filterPattern);
    return stored.kind === 'read' ? print(stored.pattern) : stored.kind;
  };

  it('is read, without blanks, tabs and line breaks around it', () => {
    for (const [before, after] of [
      ['', ''],
      [' ', ''],
      ['', ' '],
      ['\n\t ', '\r\n  '],
    ] as const) {
      expect(read(`${before}{ $.a = 1 }${after}`)).to.deep.include({ kind: 'read', text: '{ $.a = 1 }' });
      expect(meaning(`${before}{ $.a = 1 }${after}`)).to.equal(meaning('{ $.a = 1 }'));
    }
  });

  it('keeps the blanks within it', () => {
    expect(read(' { $.a = "x  y" } ')).to.deep.include({ kind: 'read', text: '{ $.a = "x  y" }' });
  });

  it('is the empty pattern only if it is empty: of blanks alone AWS says nothing', () => {
    expect(read('').kind).to.equal('read');
    expect(read('  ')).to.deep.include({ kind: 'unread' });
  });

  it('that is invalid is in doubt, and nothing is said of what it means', () => {
    const stored = read('{ $.a = }');
    expect(stored).to.deep.include({ kind: 'unread', likely: undefined });
    expect(stored.kind === 'unread' && stored.doubt).to.match(/expected/);
  });

  it('that AWS may accept is in doubt, with what it most likely means', () => {
    const stored = read('{ $.a NOT  EXISTS }');
    const likely = stored.kind === 'unread' ? stored.likely : undefined;
    expect(likely && print(likely)).to.equal(meaning('{ $.a NOT EXISTS }'));
    expect(stored.kind === 'unread' && stored.doubt)
      .to.be.a('string')
      .and.not.equal('');
  });

  it('means the same whenever it is asked for', () => {
    expect(read('{ $.again = 1 }')).to.deep.equal(read('{ $.again = 1 }'));
    expect(meaning('{ $.again = 2 }')).not.to.equal(meaning('{ $.again = 1 }'));
  });
});
