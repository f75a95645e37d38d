import { readFileSync } from 'node:fs';

import { permissions } from '../../deploy/generate/permissions.ts';
import { reasonsByLink } from '../../src/chain/reasons.ts';
import type { Reason } from '../../src/chain/base/link.ts';
import type { ParameterField } from '../../src/parameters/fields.ts';
import { fallbackText, parameterFieldOf, parameterNames } from '../../src/parameters/table.ts';
import { stackSettings } from '../../src/parameters/template.ts';
import { outputFormatNames, outputFormats } from '../../src/report/formats/output-formats.ts';
import { remediationPage } from './remediation-table.ts';

/**
 * The pages of `docs/` that follow from tables in the source, by path. `npm run docs` writes them, and a test holds the
 * files to them.
 *
 * @returns Markdown by path from the project's root
 */
export function generatedPages(): Readonly<Record<string, string>> {
  return {
    'docs/reasons.md': reasonsPage(),
    'docs/parameters.md': parametersPage(),
    'docs/output-formats.md': outputFormatsPage(),
    'docs/remediation.md': remediationPage(),
    'docs/permissions.md': permissionsPage(),
  };
}

const notice = '<!-- Made by `npm run docs` from the tables in src/. Do not edit. -->';

function reasonsPage(): string {
  const sections = Object.entries(reasonsByLink).map(([link, reasons]) => {
    const entries = Object.entries<Reason>(reasons).map(([code, { outcome, meaning }]) => [
      `\`${code}\``,
      outcome,
      meaning,
    ]);
    return `## ${link === 'any' ? 'Any link' : `Link: ${link}`}\n\n${table(['code', 'outcome', 'meaning'], entries)}`;
  });
  return page(
    'Reasons',
    'A verdict that is not `satisfied` has a reason. The reason code is the first word of the annotation in AWS Config and\n' +
      '`chains[].finding.code` in the JSON result. A code never changes its meaning. `broken` is certain. `undecided` means\n' +
      'that the account was not read far enough, or that AWS does not document what decides. `explain CODE` prints the same\n' +
      'text on the command line.\n\n' +
      'Some annotations begin with another word: `SATISFIED` for a chain that holds, `OTHER_TRAIL` for a trail of an account\n' +
      'that another trail already satisfies, and `REMOVED`, `OUT_OF_SCOPE` or `STALE` where an old evaluation is cleared.\n\n' +
      'Within one link, the reason that is nearest to a chain that holds comes first. That order decides which of several\n' +
      'broken chains is shown.',
    ...sections,
  );
}

function parametersPage(): string {
  const entries = parameterNames.map((name) => {
    const { allowed, meaning } = parameterFieldOf(name);
    const fallback = fallbackText(name);
    return [`\`${name}\``, fallback === undefined ? 'none' : `\`${fallback}\``, allowed, meaning];
  });
  return page(
    'Rule parameters',
    'All rule parameters are optional strings. An unknown name or a value that is not allowed is an error that lists what is\n' +
      'allowed: on the command line, when the stack is packaged, when CloudFormation deploys it, and in the function. The\n' +
      'command line takes the same parameters as options, in kebab case: `--pattern-match` is `patternMatch`. AWS Config takes\n' +
      'at most 1,024 characters for all parameters together.',
    table(['name', 'default', 'allowed', 'meaning'], entries),
    '## Settings of the stack',
    '`npx serverless deploy --param NAME=VALUE` takes the rule parameters by their own names, and these settings.',
    table(
      ['name', 'default', 'allowed', 'meaning'],
      Object.entries<ParameterField<unknown>>(stackSettings).map(([name, { fallback, allowed, meaning }]) => [
        `\`${name}\``,
        fallback === undefined ? 'none' : `\`${fallback as string}\``,
        allowed,
        meaning,
      ]),
    ),
  );
}

function outputFormatsPage(): string {
  const entries = outputFormatNames.map((name) => {
    const { meaning, extension } = outputFormats[name];
    return [`\`${name}\``, `\`.${extension}\``, meaning];
  });
  return page(
    'Output formats',
    '`evaluate` writes `text` for people by default. With `--format` it writes one document for programs when all accounts\n' +
      'are judged. `report` writes the same formats from saved results. [`result.schema.json`](../src/report/result.schema.json) describes the JSON, and says how it grows.\n\n' +
      'Every format names what a result rests on: the control with its pattern and premises, every rule\n' +
      'parameter, the version of the program, the time of the evaluation; and of each account the time of reading and its age, who\n' +
      'read it, the SHA-256 of each file, and what could not be read. [Evidence](evidence.md) says what an auditor finds where.',
    table(['format', 'extension', 'meaning'], entries),
    '## SARIF',
    '`sarif` writes a SARIF 2.1.0 log, such as GitHub code scanning reads: a rule for each control, and a result for each account\n' +
      'that is broken (kind `fail`) or undecided (kind `open`). A result points to the resource address or the logical id in a plan or\n' +
      'a template, with file and line where the format has them; of a live account and of a snapshot to the ARN of the last thing\n' +
      'that the chain reached. An accepted exception is a suppression. A satisfied account is no result. An account that could not\n' +
      'be evaluated is a notification.',
    '## Remediation on the page and in Markdown',
    '`html` and `markdown` show the remediation of each account that is not satisfied: what `remediate` prints, as a script of\n' +
      'AWS CLI commands, for Terraform, for CloudFormation, and as steps in the console. `--email`, `--topic-arn` and\n' +
      '`--retention-days` say what the account does not. Each remediation is made for its control alone. To plan it, the\n' +
      'command reads what the verdict did not need: which names are taken, which filters publish to a metric, and whether a topic\n' +
      'can be used. It reads nothing twice, and needs no further permission. For a plan or template, the fix belongs in\n' +
      'that file, so none is shown.\n\n' +
      'Where nobody gave an address and one is needed, `ADDRESS-TO-REPLACE` stands for it: the page has a field that fills it in, and\n' +
      'a script with it ends before it does anything.\n\n' +
      `A page has the remediation of ${outputFormats.html.remediations} results, Markdown of ${outputFormats.markdown.remediations} and of up to 30,000 characters, so that it fits into a\n` +
      'comment. Broken comes before undecided, a severe control before others; and each kind of finding, which is a control with a\n' +
      'reason code, has one account with commands before any kind has two. Where there are none, the command that prints them is shown.',
    '## OCSF',
    '`ocsf` writes findings of the class Compliance Finding (2003) of OCSF 1.8.0, a JSON object on each line, as AWS Security\n' +
      'Hub exports them. The compliance status is Pass for satisfied, Fail for broken, and Warning for undecided and for an account\n' +
      'that could not be evaluated. An accepted exception makes the finding Suppressed; its compliance status stays. The\n' +
      'severity is that of the catalog, or Informational for a satisfied account. `compliance.checks` has the number of the\n' +
      'control in each standard, `evidences` the links of the chain and the example event, `remediation` the fix. The identifier\n' +
      '`finding_info.uid` is the same in every run for one account, region and control.',
    '## Severity and standards',
    'Each format has what the catalog knows of a control, once: `controls` in JSON; lines of the kind `control` before those of\n' +
      'the kinds `result` and `failed` in JSON Lines; properties of the test suite in JUnit; the last columns in CSV; a table in\n' +
      'Markdown and on the page. A standard is named with each version and the number of the requirement in it.',
  );
}

const BEGIN = '<!-- The table is made by `npm run docs` from deploy/generate/permissions.ts. -->\n\n';
const END = '\n\n<!-- The end of the table. -->';

/** The page as it is, with the present table. */
function permissionsPage(): string {
  const text = readFileSync('docs/permissions.md', 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (from < BEGIN.length || to < from) throw new Error('docs/permissions.md has no place for the table');
  const entries = permissions.map(({ actions, why }) => [actions.map((action) => `\`${action}\``).join(', '), why]);
  const assume = 'only if a role is given as `ExecutionRoleName` or `foreignAccountRoleName`, and only that one';
  const rows = table(['permission', 'why'], [...entries, ['`sts:AssumeRole`', assume]]);
  return `${text.slice(0, from)}${rows}${text.slice(to)}`;
}

function page(title: string, ...blocks: readonly string[]): string {
  return `${[`# ${title}`, notice, ...blocks].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((cell) => '-'.repeat(cell.length))), ...rows.map(line)].join('\n');
}
