import type { Agent } from 'node:https';

import type { SNSClientConfig } from '@aws-sdk/client-sns';

import { checkAnswer } from './check-answer.ts';

/** How AWS is reached. The SDK finds what is left out in the environment, in a profile, or in the function's role. */
export interface AwsSettings {
  /** One URL that replaces the address of every service, for an emulator. */
  readonly endpoint?: string;
  readonly credentials?: NonNullable<SNSClientConfig['credentials']>;
  /** The number of tries for one request; 5 by default. */
  readonly maxAttempts?: number;
  /** The time limit of one try, in milliseconds; 10,000 by default. */
  readonly requestTimeoutMs?: number;
  /** Opens the connections, in place of the agent of the SDK, for a proxy. */
  readonly agent?: Agent;
}

/**
 * The settings of every client of the SDK: this is the one place for retries and time limits. Retries are adaptive and
 * bounded: the SDK slows down when a service throttles it, and gives up in the end.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
function clientSettings(settings: AwsSettings) {
  const { endpoint, credentials, maxAttempts = 5, requestTimeoutMs = 10_000, agent } = settings;
  return {
    maxAttempts,
    retryMode: 'adaptive',
    requestHandler: {
      requestTimeout: requestTimeoutMs,
      connectionTimeout: Math.min(requestTimeoutMs, 3000),
      throwOnRequestTimeout: true,
      ...(agent === undefined ? {} : { httpAgent: agent, httpsAgent: agent }),
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

type ClientConfig = ReturnType<typeof clientSettings> & { readonly region: string };

interface Client {
  readonly middlewareStack: { readonly add: (middleware: never, options: never) => void };
}

/** Makes a client of the SDK with the settings that all clients share; it checks every answer. */
export function createClient<C extends Client>(
  Constructor: new (config: ClientConfig) => C,
  settings: AwsSettings,
  region: string,
): C {
  const client = new Constructor({ ...clientSettings(settings), region });
  const middleware = (
    next: Parameters<ReturnType<typeof checkAnswer>>[0],
    context: { readonly commandName?: string },
  ) => checkAnswer(context.commandName)(next);
  client.middlewareStack.add(
    middleware as never,
    { step: 'deserialize', priority: 'high', name: 'checkAnswer' } as never,
  );
  return client;
}
