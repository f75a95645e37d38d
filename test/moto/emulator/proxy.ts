import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ConfigState } from '../../aws-responder/config.ts';
import { emptyConfig } from '../../aws-responder/config.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { ServiceError, answerTo, errorTo, requestOf } from '../../aws-responder/wire.ts';
import type { Forward, Kept } from './gaps.ts';
import { answersFor, asAnswered } from './gaps.ts';

export interface MotoProxy {
  readonly url: string;
  /** The operations that were asked for, in order. */
  readonly calls: readonly string[];
  /** What moto failed at, as it does with an operation that it does not know. */
  readonly unknown: readonly string[];
  /** What AWS Config was sent: moto takes results in test mode only, so the proxy keeps them. */
  readonly config: ConfigState;
  /** Everybody who got an e-mail follows the link in it. */
  readonly confirmSubscriptions: () => void;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

/** Stands in front of moto: records the calls, and answers what moto lacks; see `gaps.ts`. */
export async function startProxy(motoUrl: string): Promise<MotoProxy> {
  const calls: string[] = [];
  const unknown: string[] = [];
  const config = emptyConfig();
  const kept: Kept = { compositeAlarms: new Map(), filterSettings: new Map() };
  const answers = answersFor(config, kept);
  let isConfirmed = false;

  const server = createServer((incoming, outgoing) => {
    const respond = async (): Promise<{ status: number; type: string; body: string | Buffer }> => {
      const body = await bodyOf(incoming);
      const request = readableRequest(incoming, body);
      if (request === undefined) return raw(motoUrl, incoming, body);
      calls.push(request.operation);
      // The answers are JSON. Terraform speaks to CloudWatch in the older query protocol, and needs none of them.
      const isJson = incoming.headers['content-type']?.startsWith('application/x-amz-json') ?? false;
      const answer = isJson ? answers[request.operation] : undefined;
      if (answer === undefined) {
        const answered = await raw(motoUrl, incoming, body);
        if (answered.status >= 500) unknown.push(request.operation);
        return { ...answered, body: asAnswered(request, answered.body.toString(), isConfirmed) };
      }
      const forward: Forward = async ({ operation = request.operation, input = request.input } = {}) => {
        const target = String(incoming.headers['x-amz-target']).replace(/\.\w+$/, `.${operation}`);
        const answered = await raw(motoUrl, incoming, Buffer.from(JSON.stringify(input)), { 'x-amz-target': target });
        const parsed = JSON.parse(answered.body.toString() || '{}') as {
          readonly __type?: string;
          readonly message?: string;
        };
        if (answered.status >= 400) throw new ServiceError(parsed.__type ?? '', answered.status, parsed.message);
        return parsed;
      };
      try {
        return answerTo(request, await answer(request, forward));
      } catch (error) {
        if (error instanceof ServiceError) return errorTo(request, error);
        throw error;
      }
    };
    respond().then(
      ({ status, type, body }) => {
        outgoing.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'r' });
        outgoing.end(body);
      },
      () => incoming.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    unknown,
    config,
    confirmSubscriptions: () => {
      isConfirmed = true;
    },
    forget: () => {
      isConfirmed = false;
      calls.length = 0;
      unknown.length = 0;
      config.puts.length = 0;
      config.held.clear();
      kept.compositeAlarms.clear();
      kept.filterSettings.clear();
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

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A request in a protocol that the proxy reads; others, such as those of S3, go through as they are. */
function readableRequest(incoming: IncomingMessage, body: Buffer): Request | undefined {
  const type = incoming.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-amz-json') && !type.startsWith('application/x-www-form-urlencoded')) return;
  return requestOf(incoming, body.toString());
}

async function raw(
  motoUrl: string,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
  change: Readonly<Record<string, string>> = {},
) {
  // What is about the connection or the length is for fetch to set.
  const own = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'accept-encoding']);
  const kept = Object.entries(headers).filter(([name, value]) => !own.has(name) && typeof value === 'string');
  const answer = await fetch(`${motoUrl}${url}`, {
    method,
    headers: { ...Object.fromEntries(kept as [string, string][]), ...change },
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? 'text/plain',
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
