import { readFileSync, readdirSync } from 'node:fs';

import type { Inventory } from '../../src/inventory/model.ts';
import { AwsCallError } from '../../src/inventory/aws/client/failures.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import type { ConfigService, PutRequest } from '../../src/lambda/config-service.ts';
import type { Evaluation } from '../../src/report/evaluations.ts';
import type { Dependencies } from '../../src/lambda/handle.ts';
import { ORGANIZATION } from '../aws-responder/organization.ts';
import { snapshotOf, soundWorld } from '../support/worlds/world.ts';

const folder = new URL('../../events/', import.meta.url);

/** The names of the event files, without their ending. */
export const eventNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''))
  .sort();

export type Event = Readonly<Record<string, unknown>>;

export function eventNamed(name: string): Event {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Event;
}

/** An event with another message in it. */
export function withMessage(event: Event, change: (message: Record<string, unknown>) => object): Event {
  const message = JSON.parse(event['invokingEvent'] as string) as Record<string, unknown>;
  return { ...event, invokingEvent: JSON.stringify(change(message)) };
}

export interface StubbedConfig extends ConfigService {
  /** Every request to PutEvaluations, in order. */
  readonly puts: PutRequest[];
  /** The names of the other operations that were called, in order. */
  readonly asked: string[];
}

/** An AWS Config that takes everything and holds nothing, unless it is given something else. */
export function stubConfig(answers: Partial<ConfigService> = {}): StubbedConfig {
  const puts: PutRequest[] = [];
  const asked: string[] = [];
  return {
    puts,
    asked,
    putEvaluations: (request) => {
      puts.push(request);
      return answers.putEvaluations?.(request) ?? Promise.resolve([]);
    },
    storedEvaluations: (ruleName) => {
      asked.push(`storedEvaluations ${ruleName}`);
      return answers.storedEvaluations?.(ruleName) ?? Promise.resolve([]);
    },
    discoveredTrails: () => {
      asked.push('discoveredTrails');
      return answers.discoveredTrails?.() ?? Promise.resolve([{ resourceId: 'main', resourceName: 'main' }]);
    },
  };
}

export interface Lines {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: unknown }[];
}

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:mfa-deactivation-alarm-evaluate';

/** What the handler is given: an account as saved, an AWS Config, and a log that is kept. */
export function stubDependencies(
  config: ConfigService,
  inventory: Inventory = snapshotOf(soundWorld()),
): Dependencies & Lines {
  const lines: Lines['lines'] = [];
  const at = (level: string) => (message: string, fields: unknown) => {
    lines.push({ level, message, fields });
  };
  return {
    lines,
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    functionArn: FUNCTION_ARN,
    organizationId: ORGANIZATION,
    connect: ({ accountId }) => ({
      reader: snapshotReader({ ...inventory, accountId }),
      config,
      organizationId: () => Promise.resolve(ORGANIZATION),
    }),
  };
}

/** Results in one line each: type, id, compliance, and the code that the annotation begins with. */
export function inShort(evaluations: readonly Evaluation[]): readonly string[] {
  return evaluations.map(
    ({ complianceResourceType, complianceResourceId, complianceType, annotation }) =>
      `${complianceResourceType} ${complianceResourceId} ${complianceType} ${annotation.split(':')[0] ?? ''}`,
  );
}

/** The error of a call to AWS Config that ends with a code. */
export const configError = (operation: 'ListDiscoveredResources' | 'PutEvaluations', code: string): AwsCallError =>
  new AwsCallError({ operation, accountId: '111122223333', region: 'eu-west-1' }, named(code));

export const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

/** The error that a promise ends in. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}
