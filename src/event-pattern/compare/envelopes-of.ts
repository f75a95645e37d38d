import { compare, conditionsOf, type JsonPattern, type Memory, type Pattern } from '../../filter-pattern/index.ts';
import { sourceOf } from './source-couplings.ts';
import type { EventPattern, FieldPattern, ValueTest } from '../syntax/pattern.ts';

/** The detail types of the events that CloudTrail sends to EventBridge, by the event type in the record. */
const DETAIL_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AwsApiCall', ['AWS API Call via CloudTrail']],
  ['AwsServiceEvent', ['AWS Service Event via CloudTrail']],
  ['AwsConsoleAction', ['AWS Console Action via CloudTrail']],
  // The user guide writes the second; rules that people use, and other pages of AWS, the first.
  ['AwsConsoleSignIn', ['AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail']],
]);

/** What a record says about its envelope: the field of the record, and that of the envelope. */
const SAME_FIELDS = [
  ['recipientAccountId', 'account'],
  ['awsRegion', 'region'],
] as const;

/**
 * What the envelope of every required event satisfies, as far as it follows from what is required of the record: its
 * source, its detail type, its account and its region. More than one where AWS's pages write a detail type in several ways.
 *
 * - `source` is `aws.` and the name of the service, `iam` of `iam.amazonaws.com`:
 *   https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-iam.html
 * - `detail-type` follows from the type of the record:
 *   https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * - `version` is `0` in all events: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 * - `replay-name` is in events that are replayed from an archive, and in no others, so patterns ask for its absence:
 *   https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export function envelopesOf(
  required: JsonPattern,
  premises: JsonPattern | undefined,
  memory: Memory,
): readonly EventPattern[] {
  const ofRequired = envelopes.get(required) ?? new WeakMap<JsonPattern, readonly EventPattern[]>();
  envelopes.set(required, ofRequired);
  const known = ofRequired.get(premises ?? required) ?? newEnvelopes(required, premises, memory);
  ofRequired.set(premises ?? required, known);
  return known;
}

/** By what is required and the premises. Every candidate is compared with the same few patterns, and each time asks for these. */
const envelopes = new WeakMap<JsonPattern, WeakMap<JsonPattern, readonly EventPattern[]>>();

function newEnvelopes(
  required: JsonPattern,
  premises: JsonPattern | undefined,
  memory: Memory,
): readonly EventPattern[] {
  const known = (name: string) => textOf(name, required, premises, memory);
  const service = sourceOf(known('eventSource') ?? '');
  const source: ValueTest =
    service === undefined
      ? { kind: 'text', match: { kind: 'prefix', text: 'aws.', ignoreCase: false } }
      : equals(service);
  const same = SAME_FIELDS.flatMap(([name, field]) => {
    const text = known(name);
    return text === undefined ? [] : [leaf(field, equals(text))];
  });
  const spellings = DETAIL_TYPES.get(known('eventType') ?? '')?.map(equals) ?? [ANY_DETAIL_TYPE];
  return spellings.map((detailType) => ({
    kind: 'event',
    root: [...FIXED_FIELDS, leaf('source', source), leaf('detail-type', detailType), ...same],
  }));
}

/** What every event has that is not replayed. */
const FIXED_FIELDS: readonly FieldPattern[] = [
  leaf('version', equals('0')),
  leaf('replay-name', { kind: 'exists', wanted: false }),
];

const ANY_DETAIL_TYPE: ValueTest = { kind: 'text', match: { kind: 'wildcard', text: 'AWS * via CloudTrail' } };

function leaf(name: string, test: ValueTest): FieldPattern {
  return { kind: 'field', name, of: { kind: 'leaf', tests: [test] } };
}

function equals(text: string): ValueTest {
  return { kind: 'equals', value: { kind: 'string', text } };
}

/** The text that the field of every required record has, if the patterns name one. */
function textOf(
  name: string,
  required: JsonPattern,
  premises: JsonPattern | undefined,
  memory: Memory,
): string | undefined {
  const conditions = [required, ...(premises === undefined ? [] : [premises])].flatMap(({ expression }) =>
    conditionsOf(expression),
  );
  for (const condition of conditions) {
    if (condition.kind !== 'equality' || condition.operator !== '=' || condition.value.kind !== 'word') continue;
    const [step, ...more] = condition.selector;
    if (step?.kind !== 'field' || step.name !== name || more.length > 0 || condition.value.text.includes('*')) continue;
    const candidate: Pattern = { kind: 'json', expression: condition };
    const { missed } = compare({ candidates: [candidate], required, ...(premises && { premises }) }, memory);
    if (missed.kind === 'none') return condition.value.text;
  }
  return undefined;
}
