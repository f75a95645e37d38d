import { reasonsByLink } from '../../src/chain/reasons.ts';
import { handle } from '../../src/lambda/handle.ts';
import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import { ORGANIZATION, organizationOperations } from '../aws-responder/organization.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { FUNCTION_ARN, eventNamed } from '../lambda/stubs.ts';
import { liveConnector } from '../support/live-connector.ts';
import type { World } from '../support/worlds/world.ts';
import { ACCOUNT, OTHER_ACCOUNT, READ_AT, snapshotOf } from '../support/worlds/world.ts';
import type { NamedFault } from './faults.ts';

/** One cell of the matrix: what breaks which operation in which account. */
export interface Cell {
  readonly operation: string;
  readonly fault: NamedFault;
  readonly account: 'satisfied' | 'unsatisfied';
  readonly world: World;
  /** The rule parameters; none for the defaults. */
  readonly raw?: Readonly<Record<string, string>>;
}

/** What is wrong with the outcome of a cell. */
export type Problem = 'wrong COMPLIANT' | 'wrong NON_COMPLIANT' | 'hang' | 'partial set' | 'unclear error' | 'secret';

export interface Outcome {
  readonly problems: readonly Problem[];
  /** The operations that were called. */
  readonly operations: readonly string[];
  /** How the run ended, for people. */
  readonly summary: string;
}

/** The time that Lambda would leave, in milliseconds: the function keeps ten seconds of it for sending. */
const LAMBDA_MS = 18_000;
/** A run that has not ended this long after that time hangs. */
const GRACE_MS = 5_000;
const SECRETS = ['SECRET-RESULT-TOKEN', 'wJalrSECRET', 'SESSION-SECRET'];

const undecidedCodes = new Set(
  Object.values(reasonsByLink).flatMap((reasons) =>
    Object.entries(reasons).flatMap(([code, { outcome }]) => (outcome === 'undecided' ? [code] : [])),
  ),
);

/** Runs the function once on a schedule, over HTTP, with the fault. */
export async function runCell({ operation, fault, account, world, raw }: Cell): Promise<Outcome> {
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  const inventory = snapshotOf(world);
  const responder = await startResponder(inventory, {
    ...organizationOperations([inventory]),
    ...configOperations(config),
  });
  responder.inject(operation, fault.fault, fault.times, fault.skip);
  const lines: unknown[] = [];
  const log = (message: string, fields: unknown) => {
    lines.push({ message, fields });
  };
  const start = Date.now();
  let thrown: unknown;
  const run = handle(eventFor(operation, raw), {
    connect: liveConnector({
      url: responder.url,
      now: () => new Date(READ_AT),
      maxAttempts: 2,
      requestTimeoutMs: 4_000,
      remainingMs: () => start + LAMBDA_MS - Date.now(),
    }),
    log: { info: log, warn: log, error: log },
    // Only a function of another account asks to which organization this one belongs.
    functionArn: operation === 'DescribeOrganization' ? FUNCTION_ARN.replace(ACCOUNT, OTHER_ACCOUNT) : undefined,
    organizationId: operation === 'DescribeOrganization' ? ORGANIZATION : undefined,
  }).then(
    () => true,
    (error: unknown) => {
      thrown = error;
      return true;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, LAMBDA_MS + GRACE_MS, false);
  });
  const ended = await Promise.race([run, limit]);
  clearTimeout(timer);
  await responder.close();

  const held = [...config.held.values()];
  const ofAccount = held.find(({ ComplianceResourceType }) => ComplianceResourceType === 'AWS::::Account');
  const code = ofAccount?.Annotation?.split(':')[0] ?? '';
  const problems: Problem[] = [];
  if (!ended) problems.push('hang');
  if (account === 'unsatisfied' && held.some(({ ComplianceType }) => ComplianceType === 'COMPLIANT')) {
    problems.push('wrong COMPLIANT');
  }
  const isCertain = ofAccount?.ComplianceType === 'NON_COMPLIANT' && !undecidedCodes.has(code);
  if (account === 'satisfied' && !fault.changesFacts && isCertain) problems.push('wrong NON_COMPLIANT');
  if (thrown !== undefined && held.length === 1) problems.push('partial set');
  if (thrown !== undefined && !isClear(thrown, fault.changesFacts ? '' : operation)) problems.push('unclear error');
  const logged = JSON.stringify(lines);
  if (SECRETS.some((secret) => logged.includes(secret))) problems.push('secret');
  const operations = [...new Set(responder.calls.map(({ operation: called }) => called))];
  return {
    problems,
    operations,
    summary: summaryOf(
      held.map((one) => `${one.ComplianceType} ${one.Annotation ?? ''}`),
      thrown,
    ),
  };
}

function eventFor(operation: string, raw: Cell['raw']): object {
  const event = { ...eventNamed('scheduled'), resultToken: 'SECRET-RESULT-TOKEN' };
  if (raw !== undefined) return { ...event, ruleParameters: JSON.stringify(raw) };
  if (operation !== 'AssumeRole' && operation !== 'DescribeOrganization') return event;
  return { ...event, ruleParameters: JSON.stringify({ AssumeRoleMode: 'true', ExecutionRoleName: 'reader' }) };
}

/** An error is clear if it names the operation, the account and a region; or the account that is refused. */
function isClear(error: unknown, operation: string): boolean {
  if (error instanceof Error && error.name === 'AccountError') return error.message.includes(`account ${ACCOUNT}`);
  if (!(error instanceof Error) || !['AwsCallError', 'DeadlineError', 'PublishError'].includes(error.name))
    return false;
  if (error.name === 'PublishError') return true;
  const place = `in account ${ACCOUNT}, region `;
  // Time may run out in the call after the one that was slow.
  const isLate = error.name === 'DeadlineError' || error.message.includes('TimeoutError');
  return error.message.includes(place) && (isLate || error.message.includes(operation));
}

function summaryOf(held: readonly string[], thrown: unknown): string {
  const error = thrown instanceof Error ? [`${thrown.name}: ${thrown.message}`] : [];
  return [...error, ...held].join(' | ');
}
