import { Argument, Command, Option } from 'commander';

import { cisVersions, packNames } from './packs/contents.ts';
import type { PackName } from './packs/contents.ts';
import { isInline, packText } from './packs/pack-text.ts';
import { DEFAULT_PREFIX } from './rule-names.ts';

interface Given {
  readonly cisVersion?: string;
  readonly account?: string;
  readonly region?: string;
  readonly functionArn?: string;
  readonly prefix: string;
  readonly remediation: boolean;
}

/** The text, if a pattern describes it; else the reading of options ends, and says what is allowed. */
const matching = (pattern: RegExp, allowed: string) => (value: string) => {
  if (!pattern.test(value)) throw new Error(`${JSON.stringify(value)} is not allowed: ${allowed}`);
  return value;
};

const program = new Command('npm run -s conformance-pack --')
  .description('Prints a conformance pack of AWS Config.')
  .addArgument(new Argument('<pack>', 'what the pack evaluates').choices(packNames))
  .addOption(new Option('--cis-version <version>', 'the version, for the pack cis').choices(cisVersions))
  .option(
    '--account <id>',
    "the account of the remediation's role; the management account for an organization's pack",
    matching(/^\d{12}$/, 'give 12 digits'),
  )
  .option(
    '--region <region>',
    'the region of the pack',
    matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'give a region such as us-east-1'),
  )
  .option(
    '--function-arn <arn>',
    'the function, as the default of the parameter FunctionArn',
    matching(/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/, 'give the ARN of a function, without a version'),
  )
  .option(
    '--prefix <prefix>',
    'what the names of the rules, the document and its role begin with',
    matching(/^[A-Za-z0-9_-]{1,17}$/, 'give 1 to 17 letters, digits, hyphens and underscores'),
    DEFAULT_PREFIX,
  )
  .option('--no-remediation', 'leave the remediation out')
  .action(async (pack: PackName, { cisVersion, account, region, functionArn, prefix, remediation }: Given) => {
    if ((pack === 'cis') !== (cisVersion !== undefined)) {
      program.error('error: --cis-version belongs to the pack cis, which needs it');
    }
    if (remediation && (account === undefined || region === undefined)) {
      program.error('error: give --account and --region, whose role the remediation uses, or --no-remediation');
    }
    const text = await packText({
      ...{ pack, prefix },
      ...(cisVersion === undefined ? {} : { version: cisVersion }),
      ...(functionArn === undefined ? {} : { functionArn }),
      remediation: account === undefined || region === undefined ? undefined : { accountId: account, region },
    });
    process.stdout.write(text);
    if (!isInline(text)) process.stderr.write('AWS Config takes a pack of this size from a bucket only.\n');
  });

try {
  await program.parseAsync();
} catch (error) {
  program.error(`error: ${error instanceof Error ? error.message : String(error)}`);
}
