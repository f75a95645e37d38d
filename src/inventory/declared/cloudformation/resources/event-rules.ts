import type { EventRule, EventRuleTarget } from '../../../resources.ts';
import { eventBusArn } from '../../arns.ts';
import type { Declaration, DeclarationOf } from '../../declaration.ts';
import type { Maybe } from '../../value.ts';
import { firstUnknown, isUnknown } from '../../value.ts';
import type { Properties } from './properties.ts';
import { jsonOf, textOf } from './properties.ts';

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region' | 'stack' | 'nameDoubt'>;

/**
 * An `AWS::Events::Rule` with its targets. Its state is `ENABLED` where the template says none.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */
export function eventRuleOf(given: Properties, name: string, where: Where): readonly Declaration[] {
  const busArn = busArnOf(given, where);
  const [state, pattern] = [textOf(given['State']) ?? 'ENABLED', given['EventPattern']];
  const eventPattern = pattern === undefined ? undefined : jsonOf(pattern);
  const rule = { name, state, ...(eventPattern === undefined ? {} : { eventPattern }) };
  const { place, change, accountId, region, stack } = where;
  const base = { place, change, accountId, region, ...(stack === undefined ? {} : { stack }), eventBusArn: busArn };
  const targets = (given['Targets'] ?? []) as Maybe<readonly Maybe<Properties>[]>;
  const listed = isUnknown(targets) ? [targets] : targets;
  return [
    { kind: 'event-rule', ...where, name, eventBusArn: busArn, rule: firstUnknown(rule) ?? (rule as EventRule) },
    ...listed.map((one, at): Declaration => ({ kind: 'event-target', ...base, ruleName: name, ...targetOf(one, at) })),
  ];
}

/** The bus of a rule, which may be named by its ARN. */
export function busArnOf(given: Properties, where: Pick<Where, 'accountId' | 'region'>): Maybe<string> {
  const bus = textOf(given['EventBusName']) ?? 'default';
  return isUnknown(bus) || bus.startsWith('arn:') ? bus : eventBusArn(where, bus);
}

function targetOf(
  given: Maybe<Properties>,
  at: number,
): Pick<DeclarationOf<'event-target'>, 'id' | 'target' | 'nameDoubt'> {
  const standIn = `(target ${at + 1})`;
  if (isUnknown(given)) return { id: standIn, target: given, nameDoubt: given };
  const [id, arn, roleArn] = [textOf(given['Id']), textOf(given['Arn']) ?? '', textOf(given['RoleArn'])];
  const known = isUnknown(id) ? standIn : (id ?? standIn);
  const target = { id: known, arn, ...(roleArn === undefined ? {} : { roleArn }) };
  const nameDoubt = isUnknown(id) ? { nameDoubt: id } : {};
  return { id: known, target: isUnknown(arn) ? arn : (withKnownRole(target) as EventRuleTarget), ...nameDoubt };
}

/** A role that the template makes has no ARN yet. What counts is that there is one. */
function withKnownRole(target: { readonly roleArn?: Maybe<string> }): object {
  return isUnknown(target.roleArn) ? { ...target, roleArn: 'a role' } : target;
}
