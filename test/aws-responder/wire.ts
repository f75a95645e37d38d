import type { IncomingMessage } from 'node:http';

/** A request as the services' protocols carry it. */
export interface Request {
  /** The service as its credential scope names it: `cloudtrail`, `logs`, `monitoring`, `sns`, `config`, `kms`, `sts`. */
  readonly service: string;
  readonly region: string;
  /** Whose credentials it is signed with. */
  readonly accessKeyId: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An error that a service answers with. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status = 400, message = `${code} of the responder`) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Services that speak the Query protocol, in forms and XML; all others speak JSON. */
const queryServices = new Set(['sns', 'sts', 'iam', 'cloudformation']);

/** Reads a request: the credential scope says for which service and region it is signed. */
export function requestOf({ headers }: IncomingMessage, body: string): Request {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '');
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  // Some clients speak to CloudWatch in forms too.
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (queryServices.has(service) || isForm) {
    const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    return { service, region, accessKeyId, operation: Action, input };
  }
  const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  return { service, region, accessKeyId, operation, input: JSON.parse(body === '' ? '{}' : body) as Request['input'] };
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Writes an answer in the protocol of its service. */
export function answerTo({ service, operation }: Request, output: unknown): Answer {
  if (!queryServices.has(service)) return { status: 200, type: jsonType(service), body: JSON.stringify(output) };
  const result = `<${operation}Result>${xmlOf(output)}</${operation}Result>`;
  const body = `<${operation}Response>${result}<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, type: 'text/xml', body };
}

/** Writes an error in the protocol of its service. */
export function errorTo({ service }: Request, { code, status, message }: ServiceError): Answer {
  if (!queryServices.has(service)) {
    return { status, type: jsonType(service), body: JSON.stringify({ __type: code, message, Message: message }) };
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return { status, type: 'text/xml', body: `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>` };
}

function jsonType(service: string): string {
  return `application/x-amz-json-1.${service === 'monitoring' ? 0 : 1}`;
}

/** Lists are `member`s, maps are `entry`s with key and value, as SNS writes them. */
function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${xmlOf(one)}</member>`).join('');
  if (value instanceof Map) {
    const entries = [...value].map(
      ([key, one]) => `<entry><key>${key as string}</key><value>${xmlOf(one)}</value></entry>`,
    );
    return entries.join('');
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    return fields.map(([name, one]) => `<${name}>${xmlOf(one)}</${name}>`).join('');
  }
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
