import { parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { eventRulesKey } from '../../inventory/part-keys.ts';
import type { EventRule } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, EventRulePath, Finding, LinkResult, Step, TrailPath } from '../base/link.ts';
import { end, needs, step, steps } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { lookedFor } from '../metric-filter/judge-filter.ts';
import { describeLookedFor } from '../metric-filter/meant-for.ts';
import { eventRegionOf } from './event-region.ts';
import type { RuleVerdict } from './judge-rule.ts';
import { isMeantForControl, judgeRule } from './judge-rule.ts';
import type { eventRuleReasons } from './reasons.ts';
import { eventRuleFinding } from './reasons.ts';

type Code = keyof typeof eventRuleReasons | keyof typeof unreadableReasons;
type Result = LinkResult<EventRulePath, Code>;

/**
 * The rules on the default event bus of the region where the required events arrive, which is the only bus that gets
 * them: those whose patterns mean what the control requires, and whose state lets them match. Rules that are not meant for
 * the control are reported only if there are no others.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function judgeEventRules(path: TrailPath, context: Context): Result {
  const { inventory, control } = context;
  const where = eventRegionOf(control, inventory);
  if (where.kind === 'not-known') {
    return steps(end('not known', path, eventRuleFinding('EVENT_REGION_UNKNOWN', {})));
  }
  const region = where.kind === 'one' ? where.region : inventory.region;
  const eventBusArn = defaultBusArn(path, region, context);
  const key = eventRulesKey(eventBusArn);
  const part = partOf<'event-rules'>(inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('rules', path, unreadable(part.failure)));

  const judged = likelyFirst(part.value ?? [], context).map((rule) => ({
    rule,
    verdict: judgeRule(rule, region, context),
  }));
  const candidates = judged.flatMap(({ rule, verdict }) =>
    verdict.kind === 'unrelated' ? [] : [stepOver(rule, verdict, { path, eventBusArn, region }, where.kind, context)],
  );
  if (candidates.length > 0) return steps(...candidates);
  const nearest = judged.find(({ verdict }) => verdict.kind === 'unrelated' && verdict.alsoMatches !== undefined);
  return withoutRule(path, region, nearest?.rule.name, context);
}

/** Rules that are meant for the control come first: if the time is short, they are compared. */
function likelyFirst(rules: readonly EventRule[], context: Context): readonly EventRule[] {
  const byName = [...rules].sort((a, b) => byCodeUnit(a.name, b.name));
  return byName.sort((a, b) => Number(isMeantForControl(b, context)) - Number(isMeantForControl(a, context)));
}

function stepOver(
  rule: EventRule,
  verdict: Exclude<RuleVerdict, { readonly kind: 'unrelated' }>,
  { path, eventBusArn, region }: { readonly path: TrailPath; readonly eventBusArn: string; readonly region: string },
  where: 'one' | 'every',
  { control, inventory }: Context,
): Step<EventRulePath, Code> {
  const facts = { rule: rule.name, region, required: control.filterPattern };
  const finding =
    verdict.kind === 'finding'
      ? verdict.finding
      : where === 'every'
        ? eventRuleFinding('EVENT_RULE_ONE_REGION', facts)
        : isForeign(path, inventory.accountId)
          ? eventRuleFinding('EVENT_RULE_TRAIL_ELSEWHERE', { ...facts, trail: path.trail.name })
          : undefined;
  return step(
    `${rule.name} (${region}) ${rule.eventPattern ?? ''}`,
    { ...path, eventRule: { eventBusArn, rule } },
    finding,
  );
}

/** The end where no rule is meant for the control. One in the region of the account is of no use, and is named. */
function withoutRule(path: TrailPath, region: string, nearest: string | undefined, context: Context): Result {
  const { control, inventory } = context;
  const required = control.filterPattern;
  const ended = (subject: string, finding: Finding<Code>): Result => steps(end(subject, path, finding));
  const what = describeLookedFor(lookedFor(context), required);
  const none = () => ended('none', eventRuleFinding('NO_EVENT_RULE', { region, what, required, nearest }));
  if (inventory.region === region) return none();
  const key = eventRulesKey(defaultBusArn(path, inventory.region, context));
  const part = partOf<'event-rules'>(inventory, key);
  if (part === undefined) return needs(key);
  const rules = part.kind === 'present' ? (part.value ?? []) : [];
  const misplaced = likelyFirst(rules, context).find((one) => judgeRule(one, region, context).kind === 'fits');
  if (misplaced === undefined) return none();
  const facts = { rule: misplaced.name, at: inventory.region, region, required };
  return ended(misplaced.name, eventRuleFinding('EVENT_RULE_IN_OTHER_REGION', facts));
}

/** Events go to the buses of the account that they are recorded for, whatever account owns the trail. */
function defaultBusArn({ trail }: TrailPath, region: string, { inventory }: Context): string {
  const partition = parseArn(trail.trailArn)?.partition ?? 'aws';
  return `arn:${partition}:events:${region}:${inventory.accountId}:event-bus/default`;
}

function isForeign({ trail }: TrailPath, accountId: string): boolean {
  return parseArn(trail.trailArn)?.accountId !== accountId;
}
