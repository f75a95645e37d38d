import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import { parse } from 'yaml';

import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';

const blocks = [...readFileSync('docs/ci.md', 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  ([, text = '']) => parse(text, { strict: true }) as Readonly<Record<string, unknown>>,
);

const io = {
  stdin: process.stdin,
  out: () => undefined,
  err: () => undefined,
  setExitCode: () => undefined,
  colour: false,
};
const known = evaluateCommand(io, {
  errIsTerminal: false,
  interruption: () => new AbortController().signal,
}).options.flatMap(({ long, short }) => [long, short]);

/** Every text in a value, such as the command lines of a pipeline. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('the pipelines of docs/ci.md', () => {
  it('are a workflow of GitHub Actions and a job of GitLab', () => {
    expect(blocks).to.have.lengthOf(2);
    expect(blocks[0]).to.include.keys('on', 'permissions', 'jobs');
    expect(blocks[1]?.['mfa-alarm']).to.include.keys('script', 'artifacts');
  });

  it('use options that `evaluate` has, and install the packed file', () => {
    const lines = blocks.flatMap(textsIn).filter((line) => line.includes('mfa-deactivation-alarm-rule'));
    const evaluated = lines.filter((line) => line.includes(' evaluate '));
    expect(evaluated).to.have.lengthOf(2);
    for (const line of evaluated) {
      for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(known, line).to.include(option);
    }
    for (const line of lines)
      expect(line).to.match(/^npm install --global \.\/tools\/\S+\.tgz$|^mfa-deactivation-alarm-rule evaluate /);
  });
});
