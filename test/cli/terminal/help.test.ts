import { expect } from 'chai';
import type { Command } from 'commander';

import { buildProgram } from '../../../src/cli/program.ts';

const io = {
  stdin: { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: '' } as const) }) },
  out: () => undefined,
  err: () => undefined,
  setExitCode: () => undefined,
  colour: false,
};
const program = buildProgram(io, { errIsTerminal: false, interruption: () => new AbortController().signal });

const withAll = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withAll)];

/** The whole help, as wide as a terminal. */
function helpOf(command: Command, columns: number): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => columns });
  command.outputHelp();
  return help;
}

/** How a command is called. */
const nameOf = (command: Command): string =>
  command.parent === null ? '' : `${nameOf(command.parent)} ${command.name()}`.trim();

describe('help', () => {
  for (const command of withAll(program)) {
    const name = nameOf(command);
    const title = name === '' ? 'the program' : `\`${name}\``;

    it(`of ${title} has an example that can be copied, with options that it knows`, () => {
      const help = helpOf(command, 400);
      expect(help).to.contain('Examples:\n');
      expect(help).to.match(new RegExp(`^ {2}\\$ .*npm run -s cli -- ${name}`, 'm'));
      for (const [, asked = '', rest = ''] of examplesOf(help)
        .join('\n')
        .matchAll(/ -- ((?:(?:pattern|organization|snapshot(?= verify)) )?[\w-]+)(.*)/g)) {
        const known = helpOf(commandOf(asked), 200);
        for (const [option] of rest.split(/[|>]/)[0]?.matchAll(/(?<= )--[a-z][\w-]*/gi) ?? []) {
          expect(known, asked).to.contain(`${option} `);
        }
      }
    });

    it(`of ${title} is broken between words, at 80 columns and at 140`, () => {
      for (const columns of [80, 140]) {
        const long = helpOf(command, columns)
          .split('\n')
          .filter((line) => line.length > columns);
        expect(long).to.deep.equal([]);
      }
    });
  }

  it('continues a long example so that a shell takes it for one line', () => {
    const examples = examplesOf(helpOf(commandOf('pattern compare'), 80));
    expect(examples.every((example) => example.includes('\\\n'))).to.equal(true);
    expect(examples.map((example) => example.replaceAll(/ \\\n +/g, ' '))).to.deep.equal([
      `npm run -s cli -- pattern compare '{ $.eventName = "Deactivate*" }' '{ $.eventName = "DeactivateMFADevice" }'`,
      `npm run -s cli -- pattern compare --premises '{ $.eventSource = "iam.amazonaws.com" }' ` +
        `'{ $.eventName = A && $.eventSource = "iam.amazonaws.com" }' '{ $.eventName = A }'`,
      `npm run -s cli -- pattern compare '{"source":["aws.iam"],"detail":{"eventName":["DeactivateMFADevice"]}}' ` +
        `'{ $.eventName = "DeactivateMFADevice" }'`,
      `echo '{"candidate":"{ $.a >= 2 }","required":"{ $.a > 1 }"}' | npm run -s cli -- pattern compare --stdin`,
    ]);
  });
});

/** The command lines of a help, each whole. */
const examplesOf = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}\$ ((?:.*\\\n)*.*)$/gm)].map(([, line = '']) => line);

function commandOf(name: string): Command {
  const found = withAll(program).find((command) => nameOf(command) === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
}
