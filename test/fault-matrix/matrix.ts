import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import { organizationOperations } from '../aws-responder/organization.ts';
import type { Request } from '../aws-responder/wire.ts';
import { ServiceError } from '../aws-responder/wire.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  confirmed,
  snapshotOf,
} from '../support/worlds/world.ts';
import type { World } from '../support/worlds/world.ts';
import { accountsFor } from './accounts.ts';
import { faultsOf } from './faults.ts';
import type { Cell, Outcome, Problem } from './run-cell.ts';
import { runCell } from './run-cell.ts';

/** Every cell: operations × faults × a satisfied and an unsatisfied account. */
export function matrix(): readonly Cell[] {
  return Object.entries(accountsFor).flatMap(([operation, accounts]) =>
    (['satisfied', 'unsatisfied'] as const).flatMap((account) =>
      faultsOf(operation, sampleOf(operation, accounts[account])).map((fault) => ({
        operation,
        fault,
        account,
        world: accounts[account],
        ...(accounts.raw === undefined ? {} : { raw: accounts.raw }),
      })),
    ),
  );
}

export interface Result extends Outcome {
  readonly cell: Cell;
}

/** Runs cells, some at the same time, since most of them wait. */
export async function runCells(cells: readonly Cell[], concurrency: number): Promise<readonly Result[]> {
  const waiting = [...cells];
  const results: Result[] = [];
  const worker = async () => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      results.push({ cell, ...(await runCell(cell)) });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

const problems: readonly Problem[] = [
  'wrong COMPLIANT',
  'wrong NON_COMPLIANT',
  'hang',
  'partial set',
  'unclear error',
  'secret',
];

/** `1234 cells: 0 wrong COMPLIANT, 0 wrong NON_COMPLIANT, 0 hang, 0 partial set, 0 unclear error, 0 secret` */
export function summaryLine(results: readonly Result[]): string {
  const count = (problem: Problem) => results.filter((result) => result.problems.includes(problem)).length;
  return `${results.length} cells: ${problems.map((problem) => `${count(problem)} ${problem}`).join(', ')}`;
}

/** The cells with a problem, a line each. */
export function problemLines(results: readonly Result[]): readonly string[] {
  return results
    .filter((result) => result.problems.length > 0)
    .map(
      ({ cell: { operation, fault, account }, problems: found, summary }) =>
        `${operation} · ${fault.name} · ${account}: ${found.join(', ')}: ${summary}`,
    );
}

/** What an operation answers in an account, so that each of its members can be spoilt. */
function sampleOf(operation: string, world: World): object {
  const inventory = snapshotOf(world);
  const operations = {
    ...organizationOperations([inventory]),
    ...configOperations(emptyConfig([{ resourceId: 'main', resourceName: 'main' }])),
  } as Readonly<Record<string, (input: Request['input'], request: Request, account: typeof inventory) => unknown>>;
  const mute = inventory.parts['mute-rules']?.[`${ACCOUNT} ${REGION} mfa-alarm`];
  const input = {
    Name: TRAIL_ARN,
    TrailName: TRAIL_ARN,
    ...Object.fromEntries(
      ['logGroupNamePrefix', 'logGroupName', 'logGroupIdentifier'].map((name) => [
        name,
        LOG_GROUP_ARN.split(':log-group:')[1],
      ]),
    ),
    Namespace: 'Security',
    MetricName: 'MfaDeactivated',
    AlarmName: 'mfa-alarm',
    AlarmMuteRuleName: mute?.kind === 'present' ? mute.value[0]?.name : undefined,
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
    TopicArn: TOPIC_ARN,
    SubscriptionArn: confirmed().subscriptionArn,
    KeyId: Object.keys(world.keys ?? {})[0],
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/reader`,
    Rule: 'mfa-rule',
    ResultToken: 'token',
    Evaluations: [],
  };
  // The rules are where the events of IAM arrive.
  const region = ['ListRules', 'ListTargetsByRule'].includes(operation) ? 'us-east-1' : REGION;
  const request = { service: '', region, accessKeyId: '', operation, input };
  try {
    return operations[operation]?.(input, request, inventory) as object;
  } catch (error) {
    // An account without a transformer has no answer whose members could be spoilt.
    if (error instanceof ServiceError) return {};
    throw error;
  }
}
