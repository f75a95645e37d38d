import * as v from 'valibot';

import type { OperationName } from '../answers/operations.ts';
import { answers } from '../answers/operations.ts';

/** Something answered with a success that is not an answer of the service: a proxy, a login page, a cut connection. */
export class InvalidAnswerError extends Error {
  override readonly name = 'InvalidAnswer';
  /** The SDK tries again, as after a server error. */
  readonly $retryable = {};
}

interface Exchange {
  readonly request?: unknown;
}
interface Received {
  readonly response: unknown;
  readonly output: object;
}

/**
 * Checks every answer of every service in one place: its content type, that it can be parsed, and that it holds the
 * members that a real answer always has, with their types. It runs within the SDK's retries.
 *
 * The caller gets the checked members only.
 *
 * @throws InvalidAnswerError through the client that made the request
 */
export function checkAnswer(commandName: string | undefined) {
  const operation = (commandName ?? '').replace(/Command$/, '');
  if (!isKnown(operation)) throw new Error(`there is no schema of the answer of ${operation}`);
  return (next: (exchange: Exchange) => Promise<Received>) =>
    async (exchange: Exchange): Promise<Received> => {
      let received: Received;
      try {
        received = await next(exchange);
      } catch (error) {
        const status = statusOf((error as { readonly $response?: unknown }).$response);
        if (status === undefined || status >= 300) throw error;
        throw new InvalidAnswerError('the answer cannot be parsed', { cause: error });
      }
      const { response, output } = received;
      const got = contentTypeOf(response);
      const isEmpty = got === '' && withoutContent.has(operation);
      if (!isEmpty && !isAnswerTo(exchange.request, got))
        throw new InvalidAnswerError(`the answer has the content type "${got}"`);
      const { $metadata, ...content } = output as { readonly $metadata?: unknown };
      const result = v.safeParse(answers[operation], content, { abortEarly: true });
      if (!result.success) throw new InvalidAnswerError(problemOf(result.issues[0]));
      return { response, output: { ...result.output, $metadata } };
    };
}

function isKnown(operation: string): operation is OperationName {
  return Object.hasOwn(answers, operation);
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? `the answer ${issue.message}` : `\`${path}\` of the answer ${issue.message}`;
}

function statusOf(response: unknown): number | undefined {
  return (response as { readonly statusCode?: number } | undefined)?.statusCode;
}

function contentTypeOf(message: unknown): string {
  const { headers = {} } = (message ?? {}) as { readonly headers?: Readonly<Record<string, string>> };
  const [, value = ''] = Object.entries(headers).find(([header]) => header.toLowerCase() === 'content-type') ?? [];
  return value;
}

/** An operation without output may answer with an empty body of no type. */
const withoutContent: ReadonlySet<OperationName> = new Set<OperationName>(['SetAlarmState', 'PutExternalEvaluation']);

/**
 * The Query protocol sends forms and gets XML; the others get what they send. The emulator moto labels its JSON as
 * HTML or as text, which does no harm where the answer can be parsed and is whole; AWS's own hosts never do.
 */
function isAnswerTo(request: unknown, got: string): boolean {
  const sent = contentTypeOf(request);
  if (sent.includes('form-urlencoded')) return got.includes('xml');
  if (['json', 'cbor'].some((format) => sent.includes(format) && got.includes(format))) return true;
  return sent.includes('json') && got.startsWith('text') && !isHostOfAws(request);
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
function isHostOfAws(request: unknown): boolean {
  const { hostname = '' } = (request ?? {}) as { readonly hostname?: string };
  return /\.(amazonaws\.com(\.cn)?|api\.aws|amazonwebservices\.com\.cn|amazonaws\.eu)$/.test(hostname);
}
