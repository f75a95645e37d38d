import { Command, Option } from 'commander';

import type { Reason } from '../../chain/base/link.ts';
import { reasonsByLink } from '../../chain/reasons.ts';
import type { Control, RecordedIn } from '../../controls/catalog.ts';
import { catalog, summarizeStandards } from '../../controls/catalog.ts';
import { fallbackText, parameterFieldOf, parameterNames } from '../../parameters/table.ts';
import { sanitizeLine, sanitizeJson } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { editDistance } from '../terminal/edit-distance.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { printErrors } from '../terminal/errors.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';

const explainHelp: HelpText = {
  examples: [
    ['{cli} explain SUBSCRIBER_NOT_CONFIRMED', 'a reason'],
    ['{cli} explain D9.AWS.MON.25', 'a control'],
    ['{cli} explain patternMatch', 'a rule parameter'],
    ['{cli} explain --format json NO_TRAIL | jq -r .meaning'],
  ],
};

/** The explanation of one name. */
type Explanation =
  | {
      readonly kind: 'reason';
      readonly name: string;
      readonly link: string;
      readonly outcome: Reason['outcome'];
      readonly meaning: string;
    }
  | ({ readonly kind: 'control'; readonly name: string } & Omit<Control, 'id'>)
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly meaning: string;
      readonly allowed: string;
      readonly default: string;
    };

/** The command that says what a reason code, a control or a rule parameter means. */
export function explainCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(new Command('explain'), explainHelp)
    .summary('explain a reason, a control or a rule parameter')
    .description('Explains a reason code, a control or a rule parameter.')
    .argument('<name>', 'a reason code, the id of a control, or the name of a rule parameter; in any case')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((name: string, { format }: { readonly format: 'text' | 'json' }) => {
      const known = explanations();
      const found = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (found === undefined) printErrors([unknownNameMessage(name, known)], io);
      else if (format === 'json') io.out(`${sanitizeJson(found)}\n`);
      else io.out(`${explanationText(found, columns)}\n`);
    });
}

function explanations(): readonly Explanation[] {
  const reasons = Object.entries(reasonsByLink).flatMap(([link, table]) =>
    Object.entries<Reason>(table).map(([name, { outcome, meaning }]): Explanation => {
      return { kind: 'reason', name, link, outcome, meaning };
    }),
  );
  const controls = catalog.map(({ id, ...rest }): Explanation => ({ kind: 'control', name: id, ...rest }));
  const parameters = parameterNames.map((name): Explanation => {
    const { meaning, allowed } = parameterFieldOf(name);
    return { kind: 'parameter', name, meaning, allowed, default: fallbackText(name) ?? 'none' };
  });
  return [...reasons, ...controls, ...parameters];
}

/** An unknown name, with those that are like it. */
function unknownNameMessage(name: string, known: readonly Explanation[]): string {
  const words = name
    .toLowerCase()
    .split(/[\W_]+/)
    .filter((word) => word.length > 2);
  const names = known.map((one) => one.name);
  const misspelt = names.filter((one) => editDistance(name.toLowerCase(), one.toLowerCase()) <= 2);
  const related = names.filter((one) => words.some((word) => one.toLowerCase().includes(word)));
  const like = misspelt.length > 0 ? misspelt : related;
  const hint =
    like.length > 0
      ? `like it are ${like.slice(0, 12).join(', ')}`
      : 'it is neither a reason code, nor a control (see `controls`), nor a rule parameter';
  return `\`${sanitizeLine(name)}\` is not known; ${hint}`;
}

const recordedIn: Readonly<Record<RecordedIn, string>> = {
  'global-service-region': 'the one region that has the events of its global service',
  'every-region': 'every region: a trail of one region misses events',
  unknown: 'not known: the premises decide',
};

function cisNumbersText(cis: Readonly<Record<string, string>>): string {
  const numbers = Object.entries(cis).map(([version, number]) => `${version}: ${number}`);
  return numbers.length > 0 ? numbers.join(', ') : 'no version of the CIS AWS Foundations Benchmark asks for it';
}

function explanationText(one: Explanation, columns: number | undefined): string {
  const line = (title: string, text: string) => wrapText(title.padEnd(12), text, columns);
  switch (one.kind) {
    case 'reason': {
      const where = one.link === 'any' ? 'at any link' : `at the link \`${one.link}\``;
      const outcome =
        one.outcome === 'broken' ? 'the chain is certainly broken' : 'whether the chain holds is not determined';
      return [`${one.name}: a reason, ${where}`, line('meaning', one.meaning), line('outcome', outcome)].join('\n');
    }
    case 'control':
      return [
        `${one.name}: a control`,
        line('title', one.title),
        line('pattern', one.filterPattern),
        ...one.texts.map((text) => line('accepted', `${text.pattern} (${text.origins.join(', ')})`)),
        ...(one.rejectedTexts ?? []).map((text) =>
          line('refused', `${text.pattern} (${text.origins.join(', ')}): ${text.reason}`),
        ),
        line('premises', one.premises),
        line('recorded in', recordedIn[one.recordedIn]),
        line('severity', one.severity ?? 'not published'),
        line('category', one.category ?? 'not published'),
        line('CIS', cisNumbersText(one.cis ?? {})),
        ...((one.frameworks ?? []).length > 0 ? [line('standards', summarizeStandards(one.frameworks ?? []))] : []),
        // An address is of use only whole.
        ...one.references.map((reference, at) => `${(at === 0 ? 'see' : '').padEnd(12)}${reference}`),
      ].join('\n');
    case 'parameter':
      return [
        `${one.name}: a rule parameter`,
        line('meaning', one.meaning),
        line('allowed', one.allowed),
        line('default', one.default),
      ].join('\n');
  }
}
