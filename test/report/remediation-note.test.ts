import { expect } from 'chai';

import { commandNote, withCommandNotes } from '../../src/report/remediation-note.ts';
import type { Result, ResultSource } from '../../src/report/result.ts';
import { resultOf } from '../support/formats/arbitrary-results.ts';

const broken = resultOf('a', 'broken', 'CloudWatch.1');
const sourceOf = (kind: ResultSource['kind']): ResultSource => ({ kind, isComplete: true, refused: [] });
describe('the note in the place of a remediation', () => {
  const cases: readonly (readonly [what: string, result: Result, text: RegExp])[] = [
    [
      'a live account',
      { ...broken, source: sourceOf('live-account') },
      /^`remediate --control CloudWatch\.1 --region eu-west-1 --email ADDRESS` with credentials of account 111122223333 /,
    ],
    [
      'a snapshot',
      { ...broken, source: sourceOf('snapshot') },
      /^`remediate --control CloudWatch\.1 --email ADDRESS SNAPSHOT` /,
    ],
    ['a plan', { ...broken, source: sourceOf('plan') }, /^Change the plan that was evaluated/],
    ['other parameters', { ...broken, parameters: { patternMatch: 'covers' } }, /--pattern-match covers --email/],
    [
      "a filter pattern of one's own",
      { ...broken, control: { id: 'custom', title: 'mine', filterPattern: `{ $.a = "it's" }` } },
      /^`remediate --filter-pattern '\{ \$\.a = "it'\\''s" \}' --region/,
    ],
  ];
  for (const [what, result, text] of cases) {
    it(`is the command, or the place of the fix, for ${what}`, () => {
      expect(commandNote(result).text).to.match(text);
    });
  }

  it('is only where there is no remediation, and something to fix', () => {
    const remediation = [{ form: 'AWS CLI', text: 'x' }];
    const results = withCommandNotes([{ ...broken, remediation }, resultOf('b', 'satisfied'), broken]);
    expect(results.map((one) => one.remediation?.[0]?.form)).to.deep.equal(['AWS CLI', undefined, 'Commands']);
  });
});
