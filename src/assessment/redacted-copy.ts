import type { LinkName } from '../chain/base/link.ts';
import { byCodeUnit } from '../chain/base/by-code-unit.ts';
import type { Chain } from '../chain/verdict.ts';
import { catalog } from '../controls/catalog.ts';
import type { Inventory } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import { parseParameters } from '../parameters/parameters.ts';
import type { Digest } from '../redaction/names.ts';
import type { Redacted } from '../redaction/redact.ts';
import { redact } from '../redaction/redact.ts';
import { assess } from './assess.ts';
import { patternsIn, withFiltersOf } from './own-patterns.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Ways to judge: as by default, more strictly, and so leniently that chains are followed as far as they go. */
const ways: readonly Raw[] = [
  {},
  { assurance: 'configured' },
  { patternMatch: 'covers' },
  { requireMultiRegionTrail: true, maxDeliveryAgeHours: 1, maxAlarmDelayMinutes: 5 },
  { foreignAccountRoleName: 'reader' },
  { subscriberProtocols: 'email,email-json,sms' },
  { acceptedRoutes: 'eventbridge' },
  { acceptedRoutes: 'log-alarm' },
  { acceptedRoutes: 'eventbridge', patternMatch: 'covers', subscriberProtocols: 'lambda,https' },
  { patternMatch: 'covers', maxEventsToAlarm: 1000, maxAlarmDelayMinutes: 7 * 24 * 60, maxDeliveryAgeHours: 366 * 24 },
];

/** Makes a reader that answers from an inventory. */
type ReaderOf = (inventory: Inventory) => InventoryReader;

export interface RedactionSettings {
  /** Makes stand-ins the same in every snapshot and account. */
  readonly digest?: Digest;
  /** Whether metric filters whose pattern cannot be shown may be left out. */
  readonly mayOmitFilters?: boolean;
}

/**
 * The account under other names, compared with the original: the copy must get the verdicts of the account.
 *
 * It is asked every control of the catalog, every pattern that a filter of the account has, and the ways to judge that
 * make a link look at other facts.
 *
 * @param readerOf - makes a reader that answers from an inventory
 * @throws Error that names the part and the field in the way: what cannot be shown, or where the two verdicts differ
 */
export async function redactedCopy(
  inventory: Inventory,
  readerOf: ReaderOf,
  { digest, mayOmitFilters = false }: RedactionSettings = {},
): Promise<Redacted> {
  const redacted = redact(inventory, digest);
  if (redacted.omitted.length > 0 && !mayOmitFilters) {
    throw new Error(
      `this cannot be shown under other names: ${redacted.omitted.join('; ')}. Nothing is written. ` +
        'Continue without these metric filters with `--drop-unreadable-patterns`',
    );
  }
  for (const { raw, copied, seen, shown } of questionsOf(inventory, redacted)) {
    const [original, copy] = [await outlinesOf(readerOf(seen), raw), await outlinesOf(readerOf(shown), copied)];
    const difference = differenceOf(original, copy);
    if (difference === undefined || redacted.omitted.length > 0) continue;
    throw new Error(
      `under other names this account gets another verdict with ${JSON.stringify(raw)}: ${difference}. Nothing is ` +
        'written. Take the snapshot without `--redact`, and replace by hand what nobody may see',
    );
  }
  return redacted;
}

/** The same question for the account and for the copy. */
interface Question {
  readonly raw: Raw;
  readonly copied: Raw;
  readonly seen: Inventory;
  readonly shown: Inventory;
}

function questionsOf(inventory: Inventory, { copy, patternOf }: Redacted): readonly Question[] {
  const whole = (raw: Raw): Question => ({ raw, copied: raw, seen: inventory, shown: copy });
  const own = patternsIn(inventory).flatMap((filterPattern): readonly Question[] => {
    const shownPattern = patternOf(filterPattern);
    if (shownPattern === undefined || parseParameters({ filterPattern }).kind === 'invalid') return [];
    return [
      {
        raw: { filterPattern },
        copied: { filterPattern: shownPattern },
        seen: withFiltersOf(inventory, filterPattern),
        shown: withFiltersOf(copy, shownPattern),
      },
    ];
  });
  return [...ways.map(whole), ...catalog.map(({ id }) => whole({ controlId: id })), ...own];
}

/** A verdict without its words: its kind, and each chain by the states and reasons of its links. */
interface Outlines {
  readonly kind: string;
  readonly nearest: string;
  readonly chains: readonly { readonly text: string; readonly chain: Chain }[];
}

async function outlinesOf(reader: InventoryReader, raw: Raw): Promise<Outlines> {
  const parsed = parseParameters(raw);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const { verdict } = await assess(reader, parsed.parameters);
  const chains: readonly Chain[] = verdict.chains;
  const outlined = chains.map((chain) => ({ text: outlineOf(chain), chain }));
  const sorted = [...outlined].sort((a, b) => byCodeUnit(a.text, b.text));
  return { kind: verdict.kind, nearest: outlined[0]?.text ?? '', chains: sorted };
}

function outlineOf({ outcome, links }: Chain): string {
  return JSON.stringify([outcome, ...links.map(({ link, state, finding }) => [link, state, finding?.code])]);
}

/** The field of a part that most likely makes the difference, by the link at which two chains part. */
const fields: Readonly<Record<LinkName, string>> = {
  trail: 'event-selectors: advancedEventSelectors',
  'log group': 'log-group',
  'metric filter': 'metric-filters: filterPattern',
  alarm: 'alarms: dimensions, expression or alarmRule',
  'log alarm': 'alarms: queryString',
  'event rule': 'event-rules: eventPattern',
  target: 'event-rule-targets',
  topic: 'topic-attributes: policy, or key: policy',
  subscriber: 'subscription-attributes: filterPolicy',
};

/** Where two verdicts differ, in words; `undefined` if they are the same but for the order of chains that rank alike. */
function differenceOf(original: Outlines, copy: Outlines): string | undefined {
  const texts = ({ chains }: Outlines) => chains.map(({ text }) => text).join('\n');
  if (original.kind === copy.kind && original.nearest === copy.nearest && texts(original) === texts(copy))
    return undefined;
  const copied = new Set(copy.chains.map(({ text }) => text));
  const parting = original.chains.find(({ text }) => !copied.has(text)) ?? original.chains[0];
  if (parting === undefined) return `${original.kind} became ${copy.kind}`;
  const { links } = parting.chain;
  const others = copy.chains.map(({ chain }) => chain.links);
  const shared = Math.max(0, ...others.map((other) => sharedLinks(links, other)));
  const link = links[Math.min(shared, links.length - 1)];
  if (link === undefined) return `${original.kind} became ${copy.kind}`;
  return `the link ${link.link} (${link.subject}) is ${link.finding?.code ?? link.state} in the account and not in the copy; see ${fields[link.link]}`;
}

/** How many links two chains have in common from the start. */
function sharedLinks(links: Chain['links'], others: Chain['links']): number {
  const at = links.findIndex(({ state, finding }, index) => {
    const other = others[index];
    return other?.state !== state || other.finding?.code !== finding?.code;
  });
  return at === -1 ? links.length : at;
}
