import { spawn } from 'node:child_process';

import { expect } from 'chai';

import { patternCommand } from '../../../src/cli/pattern/pattern.ts';
import type { Run, World } from '../run.ts';
import { runIn } from '../run.ts';

const run = (args: readonly string[], world: World = {}): Promise<Run> => runIn(world, patternCommand, args);

async function answers(question: string, ...lines: readonly string[]): Promise<readonly unknown[]> {
  const { out } = await run([question, '--stdin'], { stdin: lines.map((line) => `${line}\n`) });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

const DEACTIVATE = '{ $.eventName = "DeactivateMFADevice" }';

describe('pattern on the command line', () => {
  const texts: readonly (readonly [string, readonly string[], number, string])[] = [
    [
      'prints the canonical form of a pattern',
      ['parse', '{($.eventName=DeactivateMFADevice)}'],
      0,
      `valid: a json pattern\n${DEACTIVATE}\n`,
    ],
    [
      'points at a mistake, names it and its repair',
      ['parse', '{ $.eventName == "x" }'],
      2,
      'invalid: AWS refuses this\n' +
        '{ $.eventName == "x" }\n' +
        '              ^\n' +
        'at offset 14: found `==`, expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `IS` or `NOT EXISTS` (there is no `==`: equality is a single `=`)\n',
    ],
    [
      'points at what AWS may accept',
      ['parse', '{ $.a is null }'],
      3,
      'undecided: AWS may accept this pattern, but does not document it\n' +
        '{ $.a is null }\n' +
        '      ^\n' +
        'at offset 6: found `is`, expected `IS NULL` (write keywords in upper case)\n',
    ],
    ['says that a pattern matches', ['match', '{ $.a = 1 }', '{"a":1}'], 0, 'yes: the pattern matches the event\n'],
    [
      'says that a pattern does not match',
      ['match', '{ $.a = 1 }', '{"a":2}'],
      2,
      'no: the pattern does not match the event\n',
    ],
    [
      'names the question that AWS does not document',
      ['match', '{ $.a = true }', '{"a":true}'],
      3,
      'undecided: AWS does not document `=` and `!=` on true and false\n',
    ],
    [
      'compares two patterns in one sentence',
      ['compare', '{ $.a = 1 && $.b = 2 }', '{ ($.b = 2) && ($.a = 1) }'],
      0,
      'equivalent: the candidate matches the required events and no others\n' +
        '  required, and matched      {"b":2,"a":1}\n',
    ],
    [
      'says which pattern of a comparison is refused, and where',
      ['compare', '{ $.a = 1 }', '{ $.a = 1'],
      2,
      'invalid: AWS refuses the required pattern\n' +
        '{ $.a = 1\n' +
        '         ^\n' +
        'at offset 9: found end of pattern, expected `}` (the pattern starts with `{` and must end with `}`)\n',
    ],
  ];
  for (const [claim, args, code, out] of texts) {
    it(claim, async () => {
      expect(await run(args)).to.deep.equal({ code, out, err: '' });
    });
  }

  it('answers programs in one line of JSON, with the same exit code', async () => {
    const { code, out } = await run(['match', '--format', 'json', '{ $.a = 1 }', '{"a":2}']);
    expect([code, out]).to.deep.equal([2, '{"matches":false}\n']);
  });

  const lines: readonly (readonly [string, string, string, object])[] = [
    ['a valid pattern', 'parse', '{"pattern":"{$.a=1}"}', { valid: true, kind: 'json', canonical: '{ $.a = 1 }' }],
    [
      'a pattern that AWS refuses',
      'parse',
      '{"pattern":"{ $.a = }"}',
      { valid: false, issue: { offset: 8, found: '}', expected: 'a number or text' } },
    ],
    [
      'a pattern that AWS may accept',
      'parse',
      '{"pattern":"{}"}',
      { valid: 'undecided', issue: { offset: 1, found: '}', expected: 'a condition' } },
    ],
    ['an object as the event', 'match', '{"pattern":"{ $.a.b = 1 }","event":{"a":{"b":1}}}', { matches: true }],
    ['a raw message as the event', 'match', '{"pattern":"{ $.a = 1 }","event":"{\\"a\\":1}"}', { matches: true }],
    ['12.0, which is not "12"', 'match', '{"pattern":"{ $.n = \\"12\\" }","event":{"n":12.0}}', { matches: false }],
    [
      'a match that is open',
      'match',
      '{"pattern":"{ $.a = \\"x*z\\" }","event":{"a":"xyz"}}',
      {
        matches: 'undecided',
        reason:
          'AWS does not document what an asterisk inside a value means, and whether `*suffix` matches a value that holds the suffix twice',
      },
    ],
    [
      'a match of a pattern that AWS refuses',
      'match',
      '{"pattern":"{ $.a = }","event":{}}',
      { invalid: { offset: 8, found: '}', expected: 'a number or text' } },
    ],
    [
      'a match of a pattern that AWS may accept',
      'match',
      '{"pattern":"{}","event":{}}',
      { matches: 'undecided', reason: 'the pattern, at offset 1: found `}`, expected a condition' },
    ],
    [
      'patterns that mean the same',
      'compare',
      '{"candidate":"{ $.a = x }","required":"{($.a=\\"x\\")}","premises":"{ $.b = 1 }"}',
      { relation: 'equivalent', sharedEvent: '{"a":"x","b":1}' },
    ],
    [
      'a candidate that AWS refuses',
      'compare',
      '{"candidate":"{ $.a = }","required":"{ $.a = 1 }"}',
      { relation: 'invalid', reason: 'the candidate, at offset 8: found `}`, expected a number or text' },
    ],
    [
      'premises that AWS refuses',
      'compare',
      '{"candidate":"{ $.a = 1 }","required":"{ $.a = 1 }","premises":"{ $.a = }"}',
      { relation: 'invalid', reason: 'the premises, at offset 8: found `}`, expected a number or text' },
    ],
    [
      'a required pattern that AWS may accept',
      'compare',
      '{"candidate":"{ $.a = 1 }","required":"{}"}',
      { relation: 'undecided', reason: 'the required pattern, at offset 1: found `}`, expected a condition' },
    ],
    ['a blank line', 'parse', '', { error: 'the line is blank' }],
    ['no JSON', 'parse', '{"pattern":}', { error: 'the line is not JSON: at offset 11, expected a JSON value' }],
    ['JSON that is no object', 'parse', '["{}"]', { error: 'the line is not a JSON object' }],
    ['a question without its pattern', 'parse', '{}', { error: '"pattern" is missing: it must be a string' }],
    ['a pattern that is no text', 'parse', '{"pattern":1}', { error: '"pattern" must be a string' }],
    [
      'a question without its event',
      'match',
      '{"pattern":"{ $.a = 1 }"}',
      { error: '"event" must be an object, or a string for a raw message' },
    ],
    [
      'an event that is neither object nor text',
      'match',
      '{"pattern":"{ $.a = 1 }","event":[1]}',
      { error: '"event" must be an object, or a string for a raw message' },
    ],
    [
      'premises that are no text',
      'compare',
      '{"candidate":"{ $.a = 1 }","required":"{ $.a = 1 }","premises":null}',
      { error: '"premises" must be a string' },
    ],
  ];
  for (const [what, question, line, expected] of lines) {
    it(`answers ${what} on standard input`, async () => {
      expect(await answers(question, line)).to.deep.equal([expected]);
    });
  }

  it('answers line by line, in order, and ends with 0 whatever the answers', async () => {
    const patterns = ['{ $.a = 1 }', '{ $.a = }', '{}'];
    const stdin = patterns.map((pattern) => `${JSON.stringify({ pattern })}\r\n`);
    const { code, out } = await run(['parse', '--stdin', '--format', 'json'], { stdin });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { valid: unknown }).valid),
    ).to.deep.equal([true, false, 'undecided']);
    expect(code).to.equal(0);
  });

  it('answers the other lines when one cannot be answered, and ends with 1', async () => {
    const { code, out } = await run(['parse', '--stdin'], { stdin: ['{"pattern":"{}"}\nnonsense\n{"pattern":"{}"}'] });
    expect(out.match(/^\{"(valid|error)/gm)).to.deep.equal(['{"valid', '{"error', '{"valid']);
    expect(code).to.equal(1);
  });

  it('reads lines that arrive in pieces, even within a character', async () => {
    const bytes = Buffer.from('{"pattern":"{ $.a = \\"ü\\" }"}\n{"pattern":"{ $.a = 1 }"}\n');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    const { out } = await run(['parse', '--stdin'], { stdin: pieces });
    expect(out).to.contain('"canonical":"{ $.a = \\"ü\\" }"').and.to.contain('"canonical":"{ $.a = 1 }"');
  });

  it('has nothing to say to an empty input', async () => {
    expect(await run(['parse', '--stdin'])).to.deep.equal({ code: 0, out: '', err: '' });
  });

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [['parse'], /`pattern parse` takes <pattern>/],
    [['match', '{ $.a = 1 }'], /`pattern match` takes <pattern> <event>/],
    [['compare', 'a', 'b', 'c'], /too many arguments/],
    [['parse', '--stdin', 'x'], /on standard input and not as arguments/],
    [['parse', '--stdin', '--format', 'text'], /remove `--format text`/],
    [['compare', '--stdin', '--premises', 'x'], /premises as a field of each line/],
    [['parse', '--format', 'yaml', 'x'], /Allowed choices are text, json/],
    [['parse', '--strict', 'x'], /unknown option/],
  ];
  for (const [args, message] of mistakes) {
    it(`cannot run \`${args.join(' ')}\`, and says why`, async () => {
      const { code, out, err } = await run(args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.match(message);
    });
  }

  it('colours the answer on a terminal only', async () => {
    const { out } = await run(['match', '{ $.a = 1 }', '{"a":1}'], { colour: true });
    expect(out).to.equal('\u001b[32myes\u001b[39m: the pattern matches the event\n');
  });

  it('lets no pattern steer the terminal', async () => {
    const { out } = await run(['parse', '{ $.a = "\u001b[2J\u202e" }']);
    expect(out).to.contain('"\\u{1b}[2J\\u{202e}"');
  });

  for (const question of ['parse', 'match', 'compare']) {
    it(`teaches ${question}, with examples and exit codes`, async () => {
      const { code, out } = await run([question, '--help']);
      expect(code).to.equal(0);
      expect(out).to.contain('Examples:').and.to.contain('Exit codes:').and.to.contain('--stdin');
    });
  }
});

describe('pattern as a program of its own', () => {
  it('answers a line before the next one is asked', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'pattern', 'match', '--stdin'], {
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    const next = () =>
      new Promise<string>((resolve) =>
        child.stdout.once('data', (data) => {
          resolve(String(data));
        }),
      );
    for (const [n, matches] of [
      ['12', true],
      ['12.5', false],
    ] as const) {
      child.stdin.write(`{"pattern":"{ $.n = 12 }","event":{"n":${n}}}\n`);
      expect(await next()).to.equal(`{"matches":${matches}}\n`);
    }
    child.stdin.end();
    expect(await new Promise((resolve) => child.once('exit', resolve))).to.equal(0);
  });
});
