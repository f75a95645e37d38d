import { expect } from 'chai';

import { applyExceptions, parseExceptions } from '../../../src/cli/run/exceptions.ts';
import type { Result } from '../../../src/report/result.ts';

const ACCOUNT = '111122223333';
const HEAD = 'account,control,reason,owner,expires';

const result = (verdict: Result['verdict'], id = 'CloudWatch.1', accountId = ACCOUNT): Result => ({
  name: 'one',
  accountId,
  region: 'eu-west-1',
  readAt: '2026-11-20T10:00:00.000Z',
  control: { id, title: '', filterPattern: '' },
  verdict,
  chains: [{ outcome: verdict, path: {}, links: [] }],
  evaluations: [],
});

const entriesOf = (text: string) => {
  const list = parseExceptions(text);
  if (list.kind === 'invalid') throw new Error(list.problems.join('\n'));
  return list.entries;
};

describe('a list of exceptions', () => {
  const entry = {
    account: ACCOUNT,
    control: 'CloudWatch.1',
    reason: 'Sandbox, old',
    owner: 'team',
    expires: '2027-03-31',
  };

  it('is the same as CSV and as JSON, with the id of a control in any case', () => {
    const csv = `# accepted\nexpires,${HEAD.replace(',expires', '')}\n2027-03-31,${ACCOUNT},cloudwatch.1,"Sandbox, old",team\n`;
    const [fromCsv] = entriesOf(csv);
    const [fromJson] = entriesOf(JSON.stringify([entry]));
    expect({ ...fromCsv, place: '' }).to.deep.equal({ ...fromJson, place: '' });
    expect(fromCsv).to.include({ controlId: 'CloudWatch.1', reason: 'Sandbox, old', place: 'line 3' });
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    [
      'a column is missing',
      'account,control,reason\n',
      'the first line must name the columns account, control, reason, owner, expires; missing: owner, expires',
    ],
    [
      'columns have other names',
      'accountId,control,reason,owner,expires\n',
      'missing: account. There are others: `accountId`',
    ],
    ['columns are separated otherwise', 'account;control;reason;owner;expires\n', 'Columns are separated by commas'],
    ['the file is empty', '', 'The file is empty'],
    [
      'a comma is in no quotation marks',
      `${HEAD}\n${ACCOUNT},*,old, soon gone,team,2027-03-31`,
      'line 2: there are 6 cells under 5 columns',
    ],
    ['every account is meant', `${HEAD}\n*,*,why,team,2027-03-31`, 'An exception is for one account'],
    [
      'a spreadsheet left out zeros',
      `${HEAD}\n11122223333,*,why,team,2027-03-31`,
      'it is `11122223333`. A spreadsheet',
    ],
    ['a control is misspelt', `${HEAD}\n${ACCOUNT},D9.AWS.MON.2,why,team,2027-03-31`, 'did you mean `D9.AWS.MON.25`?'],
    ['a reason is empty', `${HEAD}\n${ACCOUNT},*,,team,2027-03-31`, 'line 2: `reason` is missing'],
    [
      'a date does not exist',
      `${HEAD}\n${ACCOUNT},*,why,team,2027-02-30`,
      'line 2: `expires` must be a date such as 2027-03-31',
    ],
    ['a date is written otherwise', `${HEAD}\n${ACCOUNT},*,why,team,31.3.2027`, 'line 2: `expires` must be a date'],
    [
      'an account is no id',
      `${HEAD}\nprod,*,why,team,2027-03-31`,
      'line 2: `account` must be the id of an account, 12 digits',
    ],
    [
      'a control is unknown',
      `${HEAD}\n${ACCOUNT},CloudWatch.99,why,team,2027-03-31`,
      'line 2: `control` must be the id of a control',
    ],
    [
      'an entry is there twice',
      `${HEAD}\n${ACCOUNT},*,a,b,2027-03-31\n${ACCOUNT},*,a,b,2027-03-31`,
      'line 3: 111122223333 and * have an exception at line 2 already',
    ],
    ['JSON is not an array', '{"account":"1"}', 'a list of exceptions in JSON is an array of objects'],
    [
      'JSON has another member',
      JSON.stringify([{ ...entry, until: 'x' }]),
      'entry 1: `until` is not a member of an exception',
    ],
    ['JSON lacks a member', JSON.stringify([{ ...entry, owner: undefined }]), 'entry 1: `owner` is missing'],
    ['JSON has another type', JSON.stringify([{ ...entry, expires: 20270331 }]), 'entry 1: `expires` must be a text'],
    ['JSON is cut off', '[{"account":', 'not JSON: '],
  ];
  for (const [what, text, problem] of wrong) {
    it(`is refused where ${what}`, () => {
      const list = parseExceptions(text);
      expect(list.kind === 'invalid' && list.problems[0]).to.contain(problem);
    });
  }

  const noon = (day: string) => new Date(`${day}T12:00:00Z`);

  it('marks a result to the end of the last day, and no longer', () => {
    const entries = entriesOf(JSON.stringify([entry]));
    const on = (day: string) => applyExceptions([result('broken')], entries, noon(day));
    expect(on('2027-03-31')).to.deep.equal({
      results: [{ ...result('broken'), exception: { reason: 'Sandbox, old', owner: 'team', expires: '2027-03-31' } }],
      notes: [],
    });
    const after = on('2027-04-01');
    expect(after.results).to.deep.equal([result('broken')]);
    expect(after.notes).to.deep.equal([
      'the exception for 111122223333 and CloudWatch.1 (entry 1) expired on 2027-03-31; its results count again',
    ]);
  });

  it('marks neither another account, nor another control, nor a satisfied result, and says so', () => {
    const entries = entriesOf(JSON.stringify([entry, { ...entry, account: '999999999999', control: '*' }]));
    const results = [
      result('satisfied'),
      result('broken', 'CloudWatch.2'),
      result('broken', 'CloudWatch.1', '222233334444'),
    ];
    expect(applyExceptions(results, entries, noon('2026-12-01'))).to.deep.equal({
      results,
      notes: [
        'the exception for 111122223333 and CloudWatch.1 (entry 1) is not needed: the account is satisfied',
        'the exception for 999999999999 and every control (entry 2) matches no result',
      ],
    });
  });

  it('marks every control of an account with `*`, undecided ones as well', () => {
    const entries = entriesOf(JSON.stringify([{ ...entry, control: '*' }]));
    const { results } = applyExceptions(
      [result('undecided'), result('broken', 'CloudWatch.2')],
      entries,
      noon('2026-12-01'),
    );
    expect(results.map(({ exception }) => exception?.owner)).to.deep.equal(['team', 'team']);
  });
});
