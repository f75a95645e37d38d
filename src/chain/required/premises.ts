import type { Control } from '../../controls/catalog.ts';
import type { Condition, Expression, JsonPattern, Pattern } from '../../filter-pattern/index.ts';
import { compare, parse, print } from '../../filter-pattern/index.ts';
import type { Inventory } from '../../inventory/model.ts';
import { globalServiceRegionOf } from './global-service-region.ts';
import { memoize } from './memoize.ts';

/** Of whose records the premises speak. */
export type Account = Pick<Inventory, 'accountId' | 'region'>;

/**
 * What every required event also satisfies. Selectors, filters, dimensions and filters together all use this, so that a
 * fact about the events counts everywhere or nowhere:
 *
 * - what holds for every record that CloudTrail writes for the account, such as `recipientAccountId`, so that a filter for
 *   just this account in the log group of an organization misses nothing;
 * - what the control says of its events;
 * - where they come from a global service, the region that is in them.
 *
 * A pattern of one's own may ask for the events of another account. Then what contradicts it is left out.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function premisesOf(control: Control, account: Account): JsonPattern {
  const { filterPattern, premises, recordedIn } = control;
  return combine(filterPattern, premises, recordedIn, account.accountId, account.region);
}

/** The same as text. */
export function premisesText(control: Control, account: Account): string {
  const premises = premisesOf(control, account);
  const text = texts.get(premises) ?? print(premises);
  texts.set(premises, text);
  return text;
}

const texts = new WeakMap<Pattern, string>();

const combine = memoize(
  (
    filterPattern: string,
    premises: string,
    recordedIn: Control['recordedIn'],
    accountId: string,
    region: string,
  ): JsonPattern => {
    const own = readPattern(premises);
    if (own.kind !== 'json') throw new Error(`premises that are not a JSON pattern: ${premises}`);
    const globalRegion = recordedIn === 'global-service-region' ? globalServiceRegionOf(region) : undefined;
    const facts = [
      own.expression,
      ...(globalRegion === undefined ? [] : [textEquals('awsRegion', globalRegion)]),
      ...alwaysThere.map((field) => textEquals(field, '*')),
      textEquals('recipientAccountId', accountId),
    ];
    const all: JsonPattern = { kind: 'json', expression: { kind: 'and', operands: facts } };
    return isConsistent(filterPattern, all) ? all : own;
  },
);

/**
 * Fields that every record has, whatever the service, the API or the type of event: those that the page does not call
 * optional.
 */
const alwaysThere = ['eventTime', 'eventVersion', 'eventID', 'eventType', 'awsRegion', 'sourceIPAddress'];

function textEquals(name: string, text: string): Condition & Expression {
  return { kind: 'equality', selector: [{ kind: 'field', name }], operator: '=', value: { kind: 'word', text } };
}

/** Whether some event satisfies both, or may. */
function isConsistent(filterPattern: string, premises: Pattern): boolean {
  return compare({ candidates: [premises], required: readPattern(filterPattern) }).shared.kind !== 'none';
}

/** In characters: of all texts of the catalog, and of many patterns of one's own. */
const PATTERNS_CAPACITY = 200_000;

/**
 * Reads a pattern of the catalog or of the parameters, which were checked when they came in.
 *
 * @throws Error if it is none: then it was not checked
 */
export const readPattern = memoize((text: string): Pattern => {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a filter pattern: ${text}`);
  return parsed.pattern;
}, PATTERNS_CAPACITY);
