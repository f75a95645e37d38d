import { expect } from 'chai';

import { buildProgram } from '../../../src/cli/program.ts';
import { wrapText } from '../../../src/report/wrap-text.ts';
import { runIn } from '../run.ts';

const pattern = '{ $.eventName == "DeactivateMFADevice" }';

describe('the width of a terminal', () => {
  const commands: readonly (readonly string[])[] = [
    ['evaluate', '--samples'],
    ['evaluate', '--samples', '--all-controls'],
    ['evaluate', '--all-controls', 'events/accounts/1-everything-right.json'],
    ['explain', 'CloudWatch.14'],
    ['explain', 'D9.AWS.MON.25'],
    ['explain', 'patternMatch'],
    ['controls'],
    ['pattern', 'ambiguities'],
    ['pattern', 'parse', pattern],
    ['pattern', 'match', '{ $.a.b NOT EXISTS }', '{"a":null}'],
    ['pattern', 'compare', '{ $.eventName = "Deactivate*" }', '{ $.eventName = "DeactivateMFADevice" }'],
    ['remediate', 'events/accounts/7-no-trail.json'],
  ];
  for (const columns of [80, 140]) {
    for (const args of commands) {
      it(`of ${columns} columns is kept to by \`${args.join(' ')}\`, but for an address`, async () => {
        const { out, err } = await runIn({ columns }, buildProgram, args);
        const lines = `${out}${err}`.split('\n');
        expect(lines.filter((line) => line.length > columns && !/https:\S+$/.test(line))).to.deep.equal([]);
        expect(lines.length).to.be.above(1);
      });
    }
  }

  for (const columns of [60, 80, 140]) {
    for (const form of ['cli', 'terraform', 'console']) {
      it(`of ${columns} columns is kept to by what a remediation says as ${form}, and no text to copy is broken`, async () => {
        const ask = ['remediate', '--as', form, 'events/accounts/6-alarm-on-another-namespace.json'];
        const { out } = await runIn({ columns }, buildProgram, ask);
        // Of a script only the comments are said, and of those not what stands under one, to be copied.
        const isSaid = (line: string) => (form === 'console' ? !/^ {7}aws /.test(line) : /^# \S/.test(line));
        const lines = out.split('\n');
        const said = lines.filter(isSaid);
        expect(said.filter((line) => line.length > columns && !/https:\S+$/.test(line))).to.deep.equal([]);
        expect(said.some((line) => line.length > columns - 20)).to.equal(true);
        const { out: elsewhere } = await runIn({}, buildProgram, ask);
        const isCopied = (line: string) => !isSaid(line);
        expect(lines.filter(isCopied)).to.deep.equal(elsewhere.split('\n').filter(isCopied));
        expect(out).to.match(
          /aws cloudwatch set-alarm-state .* --state-reason ('?\\?'*)Test notification: does this reach a person\?/,
        );
      });
    }
  }

  const breaks = [
    ['between words', 'the first line and another', 'the first line and\nanother'],
    [
      'behind a comma, in a word that is longer',
      '{"one":"1","two":"2","three":"3"}',
      '{"one":"1","two":"2",\n"three":"3"}',
    ],
    ['behind a slash, likewise', '/aws/cloudtrail/organization', '/aws/cloudtrail/\norganization'],
    ['anywhere, in a word without any', 'a'.repeat(30), `${'a'.repeat(21)}\n${'a'.repeat(9)}`],
  ] as const;
  for (const [where, text, lines] of breaks) {
    it(`breaks a text ${where}`, () => {
      expect(wrapText('', text, 21)).to.equal(lines);
    });
  }
});
