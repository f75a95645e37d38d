import { expect } from 'chai';

import { patternCommand } from '../../../src/cli/pattern/pattern.ts';
import { runIn } from '../run.ts';

const RULE =
  '{"source":["aws.iam"],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeactivateMFADevice"]}}';
const REQUIRED = '{ $.eventName = "DeactivateMFADevice" }';

async function json(...args: readonly string[]): Promise<{ readonly answer: unknown; readonly exitCode: unknown }> {
  const { out, code: exitCode } = await runIn({}, patternCommand, [...args, '--format', 'json']);
  return { answer: JSON.parse(out) as unknown, exitCode };
}

async function relationOf(...args: readonly string[]): Promise<unknown> {
  const { answer } = await json('compare', ...args);
  return (answer as { readonly relation: unknown }).relation;
}

describe('event patterns on the command line', () => {
  it('are recognized as JSON objects and printed in one way', async () => {
    expect(await json('parse', '{ "detail": { "a": [ "x" ] }, "source": ["y"], "source": ["z"] }')).to.deep.equal({
      answer: { valid: true, kind: 'event', canonical: '{"detail":{"a":["x"]},"source":["z"]}' },
      exitCode: 0,
    });
  });

  it('have their mistakes pointed at', async () => {
    const { out, code: exitCode } = await runIn({}, patternCommand, ['parse', '{"source":"aws.iam"}']);
    expect(exitCode).to.equal(2);
    expect(out).to.equal(
      'invalid: AWS refuses this\n' +
        '{"source":"aws.iam"}\n' +
        '          ^\n' +
        'at offset 10: found `"aws.iam"`, expected an array or an object (put the value in brackets: every value is an array)\n',
    );
  });

  it('are undecided where the documentation and the published engine differ', async () => {
    expect((await json('parse', '{"a":[{"exactly":"x"}]}')).exitCode).to.equal(3);
    expect(await json('match', '{"a":[5]}', '{"a":5.0}')).to.deep.equal({
      answer: {
        matches: 'undecided',
        reason:
          'AWS does not document whether two spellings of one number are equal: the user guide says no, the published engine says yes',
      },
      exitCode: 3,
    });
  });

  it('match an event with its envelope', async () => {
    const event = (name: string) =>
      `{"source":"aws.iam","detail-type":"AWS API Call via CloudTrail","detail":{"eventName":"${name}"}}`;
    expect(await json('match', RULE, event('DeactivateMFADevice'))).to.deep.equal({
      answer: { matches: true },
      exitCode: 0,
    });
    expect(await json('match', RULE, event('ListUsers'))).to.deep.equal({ answer: { matches: false }, exitCode: 2 });
    expect(await json('match', RULE, '{"eventName":"DeactivateMFADevice"}')).to.deep.equal({
      answer: { matches: false },
      exitCode: 2,
    });
  });

  it('are compared with a filter pattern of the catalog under the premises of its control', async () => {
    expect(await relationOf(RULE, REQUIRED)).to.equal('equivalent');
    expect(await relationOf(RULE.replace('DeactivateMFADevice', 'EnableMFADevice'), REQUIRED)).to.equal('disjoint');
    expect(await relationOf(RULE.replace('eventName', 'eventname'), REQUIRED)).to.equal('overlapping');
  });

  it('are compared with any other filter pattern as one of API calls', async () => {
    const required = '{ $.eventName = "CreateUser" && $.eventSource = "iam.amazonaws.com" }';
    expect(await relationOf(RULE.replace('DeactivateMFADevice', 'CreateUser'), required)).to.equal('equivalent');
    const ofAnySource = '{ $.eventName = "CreateUser" }';
    expect(await relationOf(RULE.replace('DeactivateMFADevice', 'CreateUser'), ofAnySource)).to.equal('narrower');
  });

  it('are compared under the premises that are given, of the record or of the envelope', async () => {
    const required = '{ $.eventName = "CreateUser" }';
    const candidate = RULE.replace('DeactivateMFADevice', 'CreateUser');
    const ofRecord = '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" }';
    expect(await relationOf('--premises', ofRecord, candidate, required)).to.equal('equivalent');
    const ofEnvelope = '{"source":["aws.iam"],"detail-type":["AWS API Call via CloudTrail"]}';
    expect(await relationOf('--premises', ofEnvelope, candidate, required)).to.equal('equivalent');
  });

  it('show an event with its envelope that a rule misses', async () => {
    const { answer, exitCode } = await json('compare', RULE.replace('["aws.iam"]', '[{"prefix":"aws.s"}]'), REQUIRED);
    const { missedEvent = '{}' } = answer as { readonly missedEvent?: string };
    expect(exitCode).to.equal(2);
    expect(JSON.parse(missedEvent)).to.deep.include({
      source: 'aws.iam',
      'detail-type': 'AWS API Call via CloudTrail',
    });
  });

  it('are compared with each other', async () => {
    expect(await relationOf('{"a":["x","y"]}', '{"a":["y","x"]}')).to.equal('equivalent');
    expect(await relationOf('{"a":["x"]}', '{"a":[{"prefix":"x"}]}')).to.equal('narrower');
  });

  it('are not taken for such where the language is given', async () => {
    expect((await json('parse', '--language', 'filter', RULE)).exitCode).to.equal(2);
    expect((await json('parse', '--language', 'event', REQUIRED)).exitCode).to.equal(2);
    expect((await json('parse', '{}')).answer).to.deep.include({ valid: 'undecided' });
    expect((await json('parse', '--language', 'event', '{}')).answer).to.deep.include({ valid: false });
  });

  it('may be objects on standard input', async () => {
    const line = `{"candidate":${RULE},"required":"{ $.eventName = DeactivateMFADevice }"}\n`;
    const { out } = await runIn({ stdin: [line] }, patternCommand, ['compare', '--stdin']);
    expect(JSON.parse(out)).to.deep.include({ relation: 'equivalent' });
  });
});
