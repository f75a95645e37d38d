import { expect } from 'chai';

import { programOf } from '../../src/cli/program.ts';
import { broken } from '../../src/report/text-width.ts';
import { runIn } from './run.ts';

const pattern = '{ $.eventName == "DeactivateMFADevice" }';

describe('the width of a terminal', () => {
  const commands: readonly (readonly string[])[] = [
    ['evaluate'],
    ['evaluate', '--all-controls'],
    ['explain', 'CloudWatch.14'],
    ['explain', 'D9.AWS.MON.25'],
    ['explain', 'patternMatch'],
    ['controls'],
    ['pattern', 'corners'],
    ['pattern', 'parse', pattern],
    ['pattern', 'match', '{ $.a.b NOT EXISTS }', '{"a":null}'],
    ['pattern', 'compare', '{ $.eventName = "Deactivate*" }', '{ $.eventName = "DeactivateMFADevice" }'],
    ['remediate', 'events/accounts/7-no-trail.json'],
  ];
  for (const columns of [80, 140]) {
    for (const args of commands) {
      it(`of ${columns} columns is kept to by \`${args.join(' ')}\`, but for an address`, async () => {
        const { out, err } = await runIn({ columns }, programOf, args);
        const lines = `${out}${err}`.split('\n');
        expect(lines.filter((line) => line.length > columns && !/https:\S+$/.test(line))).to.deep.equal([]);
        expect(lines.length).to.be.above(1);
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
      expect(broken('', text, 21)).to.equal(lines);
    });
  }
});
