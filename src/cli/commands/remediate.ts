import { Command, Option } from 'commander';

import { assess } from '../../assessment/assess.ts';
import { withParts } from '../../inventory/model.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { cliScript } from '../../remediation/render/cli.ts';
import { cloudformation } from '../../remediation/render/cloudformation.ts';
import { consoleSteps } from '../../remediation/render/console.ts';
import type { Rendering } from '../../remediation/render/declared.ts';
import type { Plan, Wishes } from '../../remediation/plan/plan.ts';
import type { Planning } from '../../remediation/plan/plan-remediation.ts';
import { planRepair } from '../../remediation/plan/plan-remediation.ts';
import { terraform } from '../../remediation/render/terraform.ts';
import { leaves } from '../../remediation/render/words.ts';
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
    ['{cli} remediate --profile audit --region eu-west-1 --email oncall@example.com > repair.sh'],
    ['{cli} remediate --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts'],
    ['{cli} remediate --control CloudWatch.4 account.json', 'what another control asks for'],
    ['{cli} remediate --as terraform --email oncall@example.com account.json > repair.tf'],
  ],
  notes: [
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 the whole repair is printed, or there is nothing to do; 1 could not run, or asks for something; ' +
      '2 broken, and 3 undecided, where something is left to a person before a chain can hold: it is told on standard ' +
      `error; ${COMMON_EXIT_CODES}.`,
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
}

/** The command that prints what would mend an account. It changes nothing. */
export function remediateCommand(io: Streams, { columns }: Terminal): Command {
  const command = new Command('remediate')
    .summary('print the repair of what is broken')
    .description(
      'Judges an account and prints what is missing, fitted to what is there. It changes nothing: you read it, and run ' +
        'it. The repair only adds; it deletes and overwrites nothing.',
    )
    .argument('[snapshot]', 'a snapshot to judge; none for a live account')
    .addOption(new Option('--as <form>', 'the form of the repair').choices(Object.keys(renderers)).default('cli'))
    .option('--email <address>', 'who is to be told, where somebody has to be subscribed')
    .option('--topic-arn <arn>', 'the SNS topic to notify, in place of one that is found or made');
  return addHelp(withAccountOptions(command), remediateHelp).action(
    async (file: string | undefined, given: RemediateOptions) => {
      const { as, email, topicArn } = given;
      const asked = ruleParameters(given);
      const parsed = asked.kind === 'invalid' ? asked : parseParameters(asked.values);
      const wishes = wishesOf(email, topicArn);
      const problems = [...(parsed.kind === 'invalid' ? parsed.problems : []), ...wishes.problems];
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
        const prepared = await prepare(await source.open(), parsed.parameters, wishes.wishes);
        io.setExitCode(tell(prepared, as, io, columns));
      } catch (error) {
        printErrors([`${source.name}: ${messageOf(error)}`], io);
      }
    },
  );
}

/** What was asked for, and what is wrong with it. */
function wishesOf(email: string | undefined, topicArn: string | undefined) {
  const wishes: Wishes = { ...(email === undefined ? {} : { email }), ...(topicArn === undefined ? {} : { topicArn }) };
  const problems: string[] = [];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    problems.push(`\`--email\` is \`${email}\`; allowed is an address such as oncall@example.com`);
  }
  if (topicArn !== undefined && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/.test(topicArn)) {
    problems.push(
      `\`--topic-arn\` is \`${topicArn}\`; allowed is the ARN of a standard topic such as arn:aws:sns:eu-west-1:111122223333:alerts`,
    );
  }
  return { wishes, problems };
}

interface Prepared {
  readonly planning: Exclude<Planning, { readonly kind: 'needs' }>;
  readonly verdict: 'satisfied' | 'broken' | 'undecided';
}

/** Judges, and plans; what the plan wants to know beyond the verdict, such as names that are taken, is read as well. */
async function prepare(reader: InventoryReader, parameters: Parameters, wishes: Wishes): Promise<Prepared> {
  const assessment = await assess(reader, parameters);
  let { inventory } = assessment;
  for (;;) {
    const planning = planRepair(parameters, wishes, inventory);
    if (planning.kind !== 'needs') return { planning, verdict: assessment.verdict.kind };
    inventory = withParts(inventory, await reader.read(planning.keys));
  }
}

/** Prints the plan, or says why there is none. Returns the exit code. */
function tell(
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
  const { steps, remainders, complete } = plan;
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
  }
  if (complete && steps.length > 0) return exitCodes.satisfied;
  io.err(
    steps.length > 0
      ? 'The repair is not whole. A person is needed:\n'
      : 'No command mends this. A person is needed:\n',
  );
  for (const remainder of remainders) io.err(`${wrapText('- ', sanitizeLine(leaves(remainder)), columns)}\n`);
  return exitCodes[verdict === 'broken' ? 'broken' : 'undecided'];
}
