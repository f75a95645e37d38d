import { isTopic, parseArn, resourceName } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { eventRuleTargetsKey, eventRulesKey } from '../../inventory/part-keys.ts';
import type { EventRuleTarget } from '../../inventory/resources.ts';
import { subscriberProtocols } from '../../parameters/subscriber-protocols.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, EventRulePath, Finding, LinkResult, TargetPath } from '../base/link.ts';
import { end, needs, step, steps } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { judgeRule } from '../event-rule/judge-rule.ts';
import type { targetReasons } from './reasons.ts';
import { targetFinding } from './reasons.ts';

type Code = keyof typeof targetReasons | keyof typeof unreadableReasons;
type Result = LinkResult<TargetPath, Code>;

/**
 * The targets of a rule: the SNS topics that it notifies; another event bus, which is followed once; and what is not
 * followed, which is named. A target that is not a topic is accepted where `subscriberProtocols` is not the default and names
 * its protocol. What the target gets of the event does not matter.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
export function judgeTargets(path: EventRulePath, context: Context): Result {
  return overTargets(path, context, (target) => judgeTarget(target, path, context));
}

/** What is to be said of each target of the path's rule, or that it has none. */
function overTargets(
  path: EventRulePath,
  { inventory }: Context,
  judgeOne: (target: EventRuleTarget) => Result,
): Result {
  const { eventBusArn, rule } = path.eventRule;
  const key = eventRuleTargetsKey(eventBusArn, rule.name);
  const part = partOf<'event-rule-targets'>(inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('targets', path, unreadable(part.failure)));
  const targets = distinct(part.value ?? []);
  if (targets.length === 0) {
    return steps(end('none', path, targetFinding('EVENT_RULE_WITHOUT_TARGET', { rule: rule.name })));
  }
  return merge(targets.map(judgeOne));
}

/** Targets differ in what they get of the event; with the same resource and role they notify the same. */
function distinct(targets: readonly EventRuleTarget[]): readonly EventRuleTarget[] {
  const byPlace = new Map(targets.map((target) => [`${target.arn} ${target.roleArn ?? ''}`, target]));
  return [...byPlace.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, target]) => target);
}

function judgeTarget(target: EventRuleTarget, path: EventRulePath, context: Context): Result {
  const { arn } = target;
  if (isStandardTopicHere(arn, path)) return steps(topicStep(target, path));
  if (isEventBus(arn)) return judgeOtherBus(arn, path, context);
  const rule = path.eventRule.rule.name;
  const protocol = protocolOf(arn);
  const words = describeTarget(arn);
  const isAccepted = protocol !== undefined && names(context.options.subscriberProtocols, protocol);
  if (isAccepted && canInvoke(target, protocol, path)) {
    return steps(step(`${words} (${protocol}; endpoint not checked)`, { ...path, targetArn: arn }));
  }
  return steps(end(words, path, targetFinding('TARGET_NOT_FOLLOWED', { rule, target: words })));
}

/** The step to a topic. */
function topicStep(target: EventRuleTarget, path: EventRulePath, doubt = topicDoubt(target, path), via = '') {
  return step(`${via}${target.arn}`, { ...path, topicArn: target.arn }, doubt);
}

/**
 * A role that the target names decides in place of the topic's policy, and a topic of another account needs one.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
 */
function topicDoubt({ arn, roleArn }: EventRuleTarget, { eventRule }: EventRulePath): Finding<Code> | undefined {
  const rule = eventRule.rule.name;
  if (roleArn !== undefined) return targetFinding('TARGET_ROLE_NOT_READ', { rule, role: resourceName(roleArn) });
  const account = parseArn(arn)?.accountId ?? 'unknown';
  if (account === parseArn(eventRule.eventBusArn)?.accountId) return undefined;
  return targetFinding('TARGET_IN_OTHER_ACCOUNT', { rule, topic: resourceName(arn), account });
}

/**
 * Follows the events over another bus, once: EventBridge sends them no further. The rules of that bus must match them too.
 * The role of the sender and the policy of the bus are not read, so such a path never holds.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
function judgeOtherBus(eventBusArn: string, path: EventRulePath, context: Context): Result {
  const facts = { rule: path.eventRule.rule.name, bus: resourceName(eventBusArn) };
  const key = eventRulesKey(eventBusArn);
  const part = partOf<'event-rules'>(context.inventory, key);
  if (part === undefined) return needs(key);
  const doubt = targetFinding('EVENT_BUS_NOT_FOLLOWED', facts);
  if (part.kind === 'unreadable') return steps(end(facts.bus, path, doubt));
  const region = parseArn(eventBusArn)?.region ?? '';
  // That bus gets only what this rule matches, so its rules may be broader.
  const covering: Context = { ...context, options: { ...context.options, patternMatch: 'covers' } };
  const matching = (part.value ?? []).flatMap((rule) => {
    const verdict = judgeRule(rule, region, covering);
    return verdict.kind === 'fits' || (verdict.kind === 'finding' && verdict.finding.outcome === 'undecided')
      ? [rule]
      : [];
  });
  if (matching.length === 0) return steps(end(facts.bus, path, targetFinding('EVENT_BUS_WITHOUT_RULE', facts)));
  return merge(
    matching.map((rule) => {
      const onward: EventRulePath = { ...path, eventRule: { eventBusArn, rule } };
      return overTargets(onward, context, (target) =>
        isStandardTopicHere(target.arn, onward)
          ? steps(topicStep(target, onward, doubt, `${facts.bus} > ${rule.name} > `))
          : steps(end(describeTarget(target.arn), onward, doubt)),
      );
    }),
  );
}

/**
 * Whether this is a topic that a rule can notify. AWS names topics as targets, and neither FIFO topics nor topics of other
 * regions.
 */
function isStandardTopicHere(arn: string, { eventRule }: EventRulePath): boolean {
  return isTopic(arn) && !arn.endsWith('.fifo') && parseArn(arn)?.region === parseArn(eventRule.eventBusArn)?.region;
}

function isEventBus(arn: string): boolean {
  const { service, resource } = parseArn(arn) ?? {};
  return service === 'events' && resource?.startsWith('event-bus/') === true;
}

/** What people call a target: `lambda page-somebody`. */
function describeTarget(arn: string): string {
  const { service } = parseArn(arn) ?? {};
  return `${service ?? 'target'} ${resourceName(arn)}`;
}

/** The protocol that a subscription to the same thing would have. */
function protocolOf(arn: string): string | undefined {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  if (['lambda', 'sqs', 'firehose'].includes(service)) return service;
  return service === 'events' && resource.startsWith('api-destination/') ? 'https' : undefined;
}

/**
 * Whether nothing that is read keeps EventBridge from invoking the target: it must be in the region of the rule, in another
 * account it needs permissions that are not read, and streams and API destinations are invoked with a role.
 *
 * @see https://repost.aws/knowledge-center/sns-not-getting-eventbridge-notification
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */
function canInvoke({ arn, roleArn = '' }: EventRuleTarget, protocol: string, { eventRule }: EventRulePath): boolean {
  const [there, here] = [parseArn(arn), parseArn(eventRule.eventBusArn)];
  if (there?.region !== here?.region || there?.accountId !== here?.accountId) return false;
  return roleArn !== '' || protocol === 'lambda' || protocol === 'sqs';
}

/** All protocols are the default, which accepts topics only. */
function names(protocols: readonly string[], protocol: string): boolean {
  return protocols.length < subscriberProtocols.length && protocols.includes(protocol);
}

function merge(results: readonly Result[]): Result {
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}
