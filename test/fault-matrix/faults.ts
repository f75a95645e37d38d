import type { Fault } from '../aws-responder/responder.ts';
import type { Answer } from '../aws-responder/wire.ts';
import { changesOf } from './members.ts';

/** A fault of one operation, and what may become of the run. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  /** How often it comes; for ever by default. */
  readonly times?: number;
  /** The first calls that are answered rightly; none by default. */
  readonly skip?: number;
  /** It changes what the account seems to be, so that only a wrong COMPLIANT counts. */
  readonly changesFacts?: true;
  /** It is one of the few that every run of the gate tries. */
  readonly fast?: true;
}

const error = (code: string, status: number, message?: string): Fault => ({
  kind: 'error',
  code,
  status,
  ...(message === undefined ? {} : { message }),
});
const replace = (answer: Partial<Answer> | ((right: Answer) => Answer)): Fault => ({
  kind: 'replace',
  answer: typeof answer === 'function' ? answer : (right) => ({ ...right, ...answer }),
});
const page = '<!DOCTYPE html><html><head><title>Log in</title></head><body>Wi-Fi</body></html>';
const isXml = ({ type }: Answer) => type.includes('xml');

const refusals: readonly NamedFault[] = [
  ...[
    ['AccessDenied', 403],
    ['AccessDeniedException', 400],
    ['AuthorizationError', 403],
    ['AuthFailure', 403],
    ['KMSAccessDeniedException', 400],
    ['NotAuthorizedException', 400],
    ['OptInRequired', 403],
    ['UnauthorizedException', 401],
    ['UnauthorizedOperation', 403],
  ].map(([code, status]) => ({ name: `refused: ${code}`, fault: error(String(code), Number(status)) })),
  { name: 'refused: 403 with an empty body', fault: replace({ status: 403, body: '' }), fast: true },
  { name: 'refused: 403 with HTML', fault: replace({ status: 403, type: 'text/html', body: page }) },
];

const credentials: readonly NamedFault[] = [
  ...[
    'ExpiredTokenException',
    'ExpiredToken',
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'SignatureDoesNotMatch',
  ],
  ...['MissingAuthenticationToken', 'IncompleteSignature', 'RequestExpired', 'RequestTimeTooSkewed'],
].map((code) => ({ name: `credentials: ${code}`, fault: error(code, 403) }));

const passing: readonly NamedFault[] = [
  { name: 'throttled once', fault: error('ThrottlingException', 400), times: 1 },
  { name: 'throttled for ever', fault: error('ThrottlingException', 400) },
  { name: 'throttled for ever: RequestLimitExceeded', fault: error('RequestLimitExceeded', 503) },
  {
    name: 'throttled, to be tried again in a day',
    fault: { ...error('ServiceUnavailable', 503), headers: { 'retry-after': '86400' } } as Fault,
  },
  { name: '500', fault: error('InternalFailure', 500) },
  { name: '500 once', fault: error('InternalFailure', 500), times: 1 },
  { name: '503', fault: error('ServiceUnavailable', 503) },
  { name: '502 with HTML', fault: replace({ status: 502, type: 'text/html', body: page }) },
  { name: '500 with an empty body', fault: replace({ status: 500, body: '' }) },
  { name: '302', fault: replace({ status: 302, type: 'text/html', body: 'moved' }) },
  { name: 'reset', fault: { kind: 'reset' } },
  { name: 'reset once', fault: { kind: 'reset' }, times: 1 },
  { name: 'silence', fault: { kind: 'silence' }, fast: true },
  { name: 'drip', fault: { kind: 'drip' }, fast: true },
  { name: 'cut', fault: { kind: 'cut' } },
];

const noAnswers: readonly NamedFault[] = [
  { name: 'HTML with 200', fault: replace({ type: 'text/html', body: page }), fast: true },
  { name: "HTML with 200, labelled as the service's own", fault: replace({ body: page }), fast: true },
  { name: 'empty with 200', fault: replace({ body: '' }), fast: true },
  { name: '204', fault: replace({ status: 204, body: '' }) },
  { name: 'no members', fault: replace((right) => ({ ...right, body: isXml(right) ? '<R></R>' : '{}' })), fast: true },
  { name: 'null', fault: replace((right) => ({ ...right, body: isXml(right) ? '<R/>' : 'null' })) },
  { name: 'a list', fault: replace({ body: '[]' }) },
  { name: 'a text', fault: replace({ body: '"ok"' }) },
  { name: 'half of it', fault: replace((right) => ({ ...right, body: right.body.slice(0, right.body.length / 2) })) },
  { name: 'malformed', fault: replace((right) => ({ ...right, body: right.body.replace(/[{<]/, '{{<<') })) },
  { name: 'another content type', fault: replace({ type: 'image/png' }) },
];

const others: readonly NamedFault[] = [
  { name: 'an error that is not known', fault: error('SomethingNewException', 400) },
  { name: 'a parameter that is not valid', fault: error('ValidationException', 400) },
  { name: 'an operation that is not known', fault: error('UnknownOperationException', 404), changesFacts: true },
  { name: 'gone: ResourceNotFoundException', fault: error('ResourceNotFoundException', 400), changesFacts: true },
  { name: 'gone: NotFound', fault: error('NotFound', 404), changesFacts: true },
];

/** The token of each list, as the service spells it. */
const tokens: Readonly<Record<string, 'NextToken' | 'nextToken'>> = {
  ListTrails: 'NextToken',
  DescribeLogGroups: 'nextToken',
  DescribeMetricFilters: 'nextToken',
  DescribeAccountPolicies: 'nextToken',
  DescribeAlarms: 'NextToken',
  ListAlarmMuteRules: 'NextToken',
  DescribeAlarmHistory: 'NextToken',
  ListSubscriptionsByTopic: 'NextToken',
  ListDiscoveredResources: 'nextToken',
  GetComplianceDetailsByConfigRule: 'NextToken',
};

const emptied = (output: object) =>
  Object.fromEntries(Object.entries(output).map(([name, value]) => [name, Array.isArray(value) ? [] : value]));

function pageFaults(operation: string): readonly NamedFault[] {
  const token = tokens[operation];
  if (token === undefined) return [];
  const withToken = (value: () => string, base: (output: object) => object = (output) => output): Fault => ({
    kind: 'change',
    output: (right) => ({ ...base(right), [token]: value() }),
  });
  let count = 0;
  const nextToken = () => Buffer.from(`0.${(count += 1)}`).toString('base64');
  return [
    { name: 'an empty first page with a token', fault: withToken(() => 'MA==', emptied), times: 1, fast: true },
    { name: 'a token that comes again', fault: withToken(() => 'MA==') },
    { name: 'empty pages whose token comes again', fault: withToken(() => 'MA==', emptied) },
    { name: 'tokens without an end', fault: withToken(nextToken) },
    { name: 'empty pages without an end', fault: withToken(nextToken, emptied) },
    {
      name: 'the second page is refused',
      fault: { kind: 'error', code: 'AccessDeniedException', status: 400 },
      skip: 1,
      fast: true,
    },
  ];
}

/** Faults that are the true answer of another account, or of a region that is behind the others. */
const trueAnswers: Readonly<Record<string, readonly string[]>> = {
  // The log group has no transformer.
  GetTransformer: ['gone: ResourceNotFoundException', 'gone: NotFound'],
  // The rule was deleted since it was listed.
  GetAlarmMuteRule: ['gone: ResourceNotFoundException', 'gone: NotFound'],
  // The region does not have mute rules yet.
  ListAlarmMuteRules: ['an operation that is not known'],
  // The subscription has no filter policy.
  GetSubscriptionAttributes: ['Attributes.FilterPolicy missing', 'Attributes.FilterPolicy = ""'],
};

/**
 * The faults of an operation.
 *
 * @param sample - what it answers in the account that is tried
 */
export function faultsOf(operation: string, sample: object): readonly NamedFault[] {
  const all: readonly NamedFault[] = [
    ...refusals,
    ...credentials,
    ...passing,
    ...noAnswers,
    ...others,
    ...pageFaults(operation),
    ...changesOf(sample).map(({ name, change }) => ({
      name,
      fault: { kind: 'change', output: change } as const,
      changesFacts: true as const,
    })),
  ];
  return all.filter(({ name }) => !trueAnswers[operation]?.includes(name));
}
