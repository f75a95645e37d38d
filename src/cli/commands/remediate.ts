import { Command, Option } from 'commander';

import { assess } from '../../assessment/assess.ts';
import { readUntil } from '../../assessment/read-until.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { cliScript } from '../../remediation/render/cli.ts';
import { cloudformation } from '../../remediation/render/cloudformation.ts';
import { consoleSteps } from '../../remediation/render/console.ts';
import type { Rendering } from '../../remediation/render/declared.ts';
import type { Choices, Plan } from '../../remediation/plan/plan.ts';
import { DEFAULT_RETENTION_DAYS } from '../../remediation/plan/plan.ts';
import type { Planning } from '../../remediation/plan/make-plan.ts';
import { planRemediation } from '../../remediation/plan/plan-remediation.ts';
import { terraform } from '../../remediation/render/terraform.ts';
import { describeManualStep } from '../../remediation/render/words.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { AccountOptions } from '../sources/account-options.ts';
import { accountSource, withAccountOptions } from '../sources/account-options.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { RULE_PARAMETERS_NOTE, ruleParameters } from '../sources/rule-options.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';

const remediateHelp: HelpText = {
  examples: [
    ['{cli} remediate --email oncall@example.com account.json'],
    ['{cli} remediate --profile audit --region eu-west-1 --email oncall@example.com > remediation.sh'],
    ['{cli} remediate --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts'],
    ['{cli} remediate --control CloudWatch.4 account.json', 'what another control asks for'],
    ['{cli} remediate --as terraform --email oncall@example.com account.json > remediation.tf'],
  ],
  notes: [
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 the printed remediation is complete, or there is nothing to do; 1 could not run, or an option is ' +
      'missing; 2 broken and 3 undecided, where a person has to do something first, which standard error names; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

const renderers = {
  cli: (plan, columns) => ({ kind: 'text', text: cliScript(plan, columns) }),
  terraform,
  cloudformation,
  console: consoleSteps,
} as const satisfies Readonly<Record<string, (plan: Plan, columns?: number) => Rendering>>;

/** What commander hands over: our own options, and the rule parameters by their names. */
interface RemediateOptions extends AccountOptions {
  readonly as: keyof typeof renderers;
  readonly email?: string;
  readonly topicArn?: string;
  readonly retentionDays?: string;
}

/** The command that prints a remediation. It changes nothing. */
export function remediateCommand(io: Streams, { columns }: Terminal): Command {
  const command = new Command('remediate')
    .summary('print the remediation of what is broken')
    .description(
      'Evaluates an account and prints what is missing, adapted to what is there. The command itself changes nothing: ' +
        'you read what it prints and run it. The remediation only adds; it deletes and overwrites nothing.',
    )
    .argument('[snapshot]', 'a snapshot to evaluate; none for a live account')
    .addOption(new Option('--as <form>', 'the form of the remediation').choices(Object.keys(renderers)).default('cli'))
    .option('--email <address>', 'the address to subscribe, where a subscription is missing')
    .option('--topic-arn <arn>', 'the SNS topic to notify, in place of one that is found or created')
    .option(
      '--retention-days <days>',
      `for how long a new log group keeps events (default: ${DEFAULT_RETENTION_DAYS})`,
    );
  return addHelp(withAccountOptions(command), remediateHelp).action(
    async (file: string | undefined, given: RemediateOptions) => {
      const { as } = given;
      const asked = ruleParameters(given);
      const parsed = asked.kind === 'invalid' ? asked : parseParameters(asked.values);
      const choices = readChoices(given);
      const problems = [...(parsed.kind === 'invalid' ? parsed.problems : []), ...choices.problems];
      if (parsed.kind === 'invalid' || problems.length > 0) {
        printErrors(problems, io);
        return;
      }
      const source = await accountSource(file, given, parsed.parameters.options);
      if (typeof source === 'string') {
        printErrors([source], io);
        return;
      }
      try {
        const prepared = await planForAccount(await source.open(), parsed.parameters, choices.choices);
        io.setExitCode(printPlan(prepared, as, io, columns));
      } catch (error) {
        printErrors([`${source.name}: ${messageOf(error)}`], io);
      }
    },
  );
}

/** What was asked for, and what is wrong with it. */
function readChoices({ email, topicArn, retentionDays }: RemediateOptions) {
  const choices: Choices = {
    ...(email === undefined ? {} : { email }),
    ...(topicArn === undefined ? {} : { topicArn }),
    ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }),
  };
  const problems: string[] = [];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    problems.push(`\`--email\` is \`${email}\`; allowed is an address such as oncall@example.com`);
  }
  if (topicArn !== undefined && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/.test(topicArn)) {
    problems.push(
      `\`--topic-arn\` is \`${topicArn}\`; allowed is the ARN of a standard topic such as arn:aws:sns:eu-west-1:111122223333:alerts`,
    );
  }
  if (retentionDays !== undefined && !RETENTION_DAYS.includes(retentionDays)) {
    problems.push(`\`--retention-days\` is \`${retentionDays}\`; allowed are ${RETENTION_DAYS.join(', ')}`);
  }
  return { choices, problems };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS: readonly string[] =
  '1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' ');

interface Prepared {
  readonly planning: Exclude<Planning, { readonly kind: 'needs' }>;
  readonly verdict: 'satisfied' | 'broken' | 'undecided';
}

/** Judges and plans. What the plan needs beyond the verdict, such as names that are taken, is read as well. */
async function planForAccount(reader: InventoryReader, parameters: Parameters, choices: Choices): Promise<Prepared> {
  const { verdict, inventory } = await assess(reader, parameters);
  const { answer } = await readUntil(reader, inventory, (known) => planRemediation(parameters, choices, known));
  return { planning: answer, verdict: verdict.kind };
}

/** Prints the plan, or says why there is none. Returns the exit code. */
function printPlan(
  { planning, verdict }: Prepared,
  as: keyof typeof renderers,
  io: Streams,
  columns: number | undefined,
): number {
  if (planning.kind === 'asks') {
    printErrors([planning.question], io);
    return exitCodes.couldNotRun;
  }
  const { plan } = planning;
  const { steps, manualSteps, complete } = plan;
  if (verdict === 'satisfied') {
    io.err('Nothing to do: a chain holds from end to end.\n');
    return exitCodes.satisfied;
  }
  if (steps.length > 0) {
    const rendering = renderers[as](plan, columns);
    if (rendering.kind === 'cannot') {
      printErrors([rendering.problem], io);
      return exitCodes.couldNotRun;
    }
    io.out(rendering.text);
    for (const note of plan.notes) io.err(`${wrapText('note: ', sanitizeLine(note), columns)}\n`);
  }
  if (complete && steps.length > 0) return exitCodes.satisfied;
  io.err(
    steps.length > 0
      ? 'The remediation is not complete. A person has to do this:\n'
      : 'There is no command to run. A person has to do this:\n',
  );
  for (const manualStep of manualSteps)
    io.err(`${wrapText('- ', sanitizeLine(describeManualStep(manualStep)), columns)}\n`);
  return exitCodes[verdict === 'broken' ? 'broken' : 'undecided'];
}
