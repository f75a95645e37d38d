import { expect } from 'chai';

import { parseAccountList } from '../../../src/cli/sources/account-list.ts';

const A = '111122223333';
const B = '222233334444';

describe('a list of accounts', () => {
  const lists: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['an id alone', `${A}\n`, [[A, A]]],
    ['blanks before the name', `${A}  Security tooling`, [[A, 'Security tooling']]],
    ['a comma', `${A},Production`, [[A, 'Production']]],
    ['a comma and a blank', `${A}, Production`, [[A, 'Production']]],
    ['a semicolon', `${A};Production`, [[A, 'Production']]],
    ['a tab', `${A}\tProduction`, [[A, 'Production']]],
    ['quotes around a comma', `"${A}","Research, Europe"`, [[A, 'Research, Europe']]],
    ['quotes around a number sign', `${A},"team #1" # the first`, [[A, 'team #1']]],
    ['quotes behind a blank', `${A} "team #1"`, [[A, 'team #1']]],
    [
      'comments and empty lines',
      `# all\n\n${A} a # old\n  # none\n${B} b`,
      [
        [A, 'a'],
        [B, 'b'],
      ],
    ],
    [
      'the line ends of Windows',
      `${A},a\r\n${B},b\r\n`,
      [
        [A, 'a'],
        [B, 'b'],
      ],
    ],
    ['a header', `id,name\n${A},a`, [[A, 'a']]],
    ['a header in another order', `Account name,Account ID,Email\nProduction,${A},a@example.com`, [[A, 'Production']]],
    ['a header without a name', `account\n${A}`, [[A, A]]],
    ['a header behind a comment', `# exported\n"Account ID";"Name"\n${A};a`, [[A, 'a']]],
  ];
  for (const [what, text, accounts] of lists) {
    it(`may have ${what}`, () => {
      expect(parseAccountList(text)).to.deep.equal({
        kind: 'parsed',
        accounts: accounts.map(([accountId, name]) => ({ accountId, name })),
      });
    });
  }

  const wrong: readonly (readonly [string, string, string])[] = [
    [
      'a name where the id should be',
      'Production,111122223333',
      'line 1: an account id has 12 digits, but here is `Production`',
    ],
    [
      'an id without its zeros',
      '12345678901,a',
      'line 1: `12345678901` has 11 digits, an account id has 12: a spreadsheet may',
    ],
    ['an account twice', `${A}\n${A}`, `line 2: account ${A} is in the list twice`],
    ['no account', '# nothing\n', 'there is no account in the list'],
    ['a header alone', 'id,name\n', 'there is no account in the list'],
    ['a quote that is not closed', `"${A},a`, 'line 1: an account id has 12 digits, but here is'],
  ];
  for (const [what, text, problem] of wrong) {
    it(`is refused with ${what}`, () => {
      const list = parseAccountList(text);
      expect(list.kind === 'invalid' && list.problems[0]).to.contain(problem);
    });
  }
});
