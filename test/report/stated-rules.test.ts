import { expect } from 'chai';

import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';
import { changedParameters, statedParameters } from '../../src/report/stated-rules.ts';
import { runIn } from '../cli/run.ts';
import { parametersOf } from '../support/judging.ts';

const file = 'events/accounts/1-everything-right.json';
const lenient = ['--assurance', 'configured', '--pattern-match', 'covers', '--max-events-to-alarm', '1000'];

describe('the rules that a result rests on', () => {
  it('are no change where all are defaults', () => {
    expect(changedParameters(statedParameters(parametersOf({}).options))).to.deep.equal([]);
  });

  it('are named in JSON, so that a lenient run differs from a strict one', async () => {
    const strict = await runIn({}, evaluateCommand, ['--format', 'json', file]);
    const { out } = await runIn({}, evaluateCommand, ['--format', 'json', ...lenient, file]);
    expect(out).not.to.equal(strict.out);
    expect(out).to.contain('"assurance": "configured"').and.to.contain('"maxEventsToAlarm": "1000"');
  });

  it('are named in text and on the page where they differ from the defaults', async () => {
    const changed = 'patternMatch=covers';
    expect((await runIn({}, evaluateCommand, [...lenient, file])).out).to.contain(`judged with  ${changed}`);
    expect((await runIn({}, evaluateCommand, ['--format', 'html', ...lenient, file])).out).to.contain(changed);
    expect((await runIn({}, evaluateCommand, [file])).out).not.to.contain('judged with');
  });

  it('do not name roles, which decide who reads and not what the verdict is', () => {
    const { options } = parametersOf({ foreignAccountRoleName: 'audit' });
    expect(Object.keys(statedParameters(options)).filter((name) => /role/i.test(name))).to.deep.equal([]);
  });
});
