import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Inventory } from '../../src/inventory/model.ts';
import { accountOperations } from './account.ts';
import type { Answer, Request } from './wire.ts';
import { ServiceError, answerTo, errorTo, requestOf } from './wire.ts';

/** What goes wrong with an operation. */
export type Fault =
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly status?: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** No answer, to every request or to some. */
  | { readonly kind: 'silence'; readonly only?: (request: Request) => boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'endless'; readonly token: 'same' | 'new' }
  /** The headers come, and then a byte now and then, without an end. */
  | { readonly kind: 'drip' }
  /** The connection ends before the number of bytes that the headers announce. */
  | { readonly kind: 'cut' }
  /** The answer is made of the right one. */
  | { readonly kind: 'replace'; readonly answer: (right: Answer) => Answer }
  /** The members of the answer are changed, before it is written in the protocol of its service. */
  | { readonly kind: 'change'; readonly output: (right: Output, request: Request) => unknown };

type Output = Readonly<Record<string, unknown>>;

export interface Responder {
  readonly url: string;
  /** Every request, in order. */
  readonly calls: readonly Request[];
  /** Lets an operation fail, a number of times or for ever, at once or after some calls that are answered rightly. */
  readonly inject: (operation: string, fault: Fault, times?: number, skip?: number) => void;
  /** Waits so many milliseconds before each answer, as a network does. */
  readonly delay: (milliseconds: number) => void;
  /** Serves another account from now on, and forgets calls and faults. */
  readonly serve: (inventory: Inventory) => void;
  readonly close: () => Promise<void>;
}

type Operations = Readonly<
  Record<string, (input: Request['input'], request: Request, inventory: Inventory) => unknown>
>;

/**
 * Serves a saved inventory over HTTP in the services' own protocols, with AWS's page sizes and errors.
 *
 * @param inventory - the account
 * @param more - further operations, such as those of AWS Config
 */
export async function startResponder(inventory: Inventory, more: Operations = {}): Promise<Responder> {
  const operations: Operations = { ...accountOperations, ...more };
  const faults = new Map<string, { readonly fault: Fault; left: number; skip: number }>();
  const calls: Request[] = [];
  let served = inventory;
  let tokens = 0;
  let latency = 0;

  const answer = (request: Request, fault: Fault | undefined): Answer => {
    try {
      if (fault?.kind === 'error') throw new ServiceError(fault.code, fault.status, fault.message);
      const operation = operations[request.operation];
      if (operation === undefined) throw new ServiceError('UnknownOperationException', 404, request.operation);
      const output = operation(request.input, request, served) as Output;
      if (fault?.kind === 'change') return answerTo(request, fault.output(output, request));
      if (fault?.kind === 'replace') return fault.answer(answerTo(request, output));
      if (fault?.kind !== 'endless') return answerTo(request, output);
      const token = fault.token === 'same' ? 'again' : `token-${(tokens += 1)}`;
      return answerTo(request, { ...output, [spellsSmall(request) ? 'nextToken' : 'NextToken']: token });
    } catch (error) {
      if (error instanceof ServiceError) return errorTo(request, error);
      throw error;
    }
  };

  const takeFault = (request: Request): Fault | undefined => {
    const injected = faults.get(request.operation);
    if (injected === undefined || injected.left === 0) return undefined;
    if (injected.fault.kind === 'silence' && injected.fault.only?.(request) === false) return undefined;
    if (injected.skip > 0) {
      injected.skip -= 1;
      // A list needs a second page to fail on.
      return { kind: 'endless', token: 'new' };
    }
    injected.left -= 1;
    return injected.fault;
  };

  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const request = requestOf(incoming, body);
      calls.push(request);
      if (latency === 0) respond(incoming, outgoing, request);
      else setTimeout(respond, latency, incoming, outgoing, request);
    });
  });
  const respond = (incoming: IncomingMessage, outgoing: ServerResponse, request: Request): void => {
    const fault = takeFault(request);
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'reset') incoming.socket.resetAndDestroy();
    // An endless list needs a page to begin with; where the first token leads is up to the fault.
    else if (fault?.kind === 'drip') drip(outgoing);
    else if (fault?.kind === 'cut') cut(outgoing, answer(request, fault));
    else {
      const headers = fault?.kind === 'error' ? fault.headers : {};
      send(outgoing, answer(fault?.kind === 'endless' ? firstPage(request) : request, fault), headers);
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    inject: (operation, fault, times = Infinity, skip = 0) => faults.set(operation, { fault, left: times, skip }),
    delay: (milliseconds) => {
      latency = milliseconds;
    },
    serve: (next) => {
      served = next;
      calls.length = 0;
      faults.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** CloudWatch Logs, and one operation of AWS Config, spell the token with a small letter. */
function spellsSmall({ service, operation }: Request): boolean {
  return service === 'logs' || operation === 'ListDiscoveredResources';
}

function firstPage(request: Request): Request {
  return { ...request, input: { ...request.input, NextToken: undefined, nextToken: undefined } };
}

function send(
  outgoing: ServerResponse,
  { status, type, body }: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  outgoing.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'r', ...headers });
  outgoing.end(body);
}

function drip(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
  const timer = setInterval(() => outgoing.write(' '), 50);
  outgoing.on('close', () => {
    clearInterval(timer);
  });
}

function cut(outgoing: ServerResponse, { status, type, body }: Answer): void {
  outgoing.writeHead(status, { 'content-type': type, 'content-length': body.length + 100 });
  outgoing.write(body.slice(0, body.length / 2), () => outgoing.socket?.destroy());
}
