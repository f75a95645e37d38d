import type { Control } from '../../controls/catalog.ts';
import type { Expression, Pattern } from '../../filter-pattern/index.ts';
import { parse, print } from '../../filter-pattern/index.ts';
import type { Inventory } from '../../inventory/model.ts';

/**
 * What every required event also satisfies: what the control says of its events, and that they are events of the judged
 * account. So a filter for just this account, in the log group of an organization, misses nothing. Nothing is known of
 * the events of a pattern of one's own.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function premisesOf(control: Control, { accountId }: Pick<Inventory, 'accountId'>): Pattern | undefined {
  if (control.premises === undefined) return undefined;
  const premises = readPattern(control.premises);
  if (premises.kind !== 'json') throw new Error(`premises that do not speak of fields: ${control.premises}`);
  const ofAccount: Expression = {
    kind: 'equality',
    selector: [{ kind: 'field', name: 'recipientAccountId' }],
    operator: '=',
    value: { kind: 'word', text: accountId },
  };
  return { kind: 'json', expression: { kind: 'and', operands: [premises.expression, ofAccount] } };
}

/** The same, written down. */
export function premisesText(control: Control, inventory: Pick<Inventory, 'accountId'>): string | undefined {
  const premises = premisesOf(control, inventory);
  return premises === undefined ? undefined : print(premises);
}

/**
 * Reads a pattern of the catalog or of the parameters, which were checked when they came in.
 *
 * @throws Error if it is none: then it was not checked
 */
export function readPattern(text: string): Pattern {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a filter pattern: ${text}`);
  return parsed.pattern;
}
