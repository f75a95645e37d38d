import type { Declaration, Reach } from '../declaration.ts';
import { identityOf } from '../onto/identity.ts';
import { partsOfKind } from '../onto/parts-of-kind.ts';
import { withContested } from '../contested.ts';
import type { Maybe, Unknown } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import type { Template } from './template.ts';

/** What the update of a stack changes. */
interface StackChanges {
  readonly declarations: readonly Declaration[];
  readonly before: readonly Declaration[];
}

/**
 * Compares what a stack declares with what it declared before. What it does not declare any more is deleted, unless its
 * template retains it; what has another name is deleted and made again under that name.
 *
 * CloudFormation takes a resource under another logical id for another resource. It makes that first and deletes the old one
 * last, so that a thing that only moved is not certain to be there.
 *
 * @param isRetained - whether the update leaves a thing that is not declared any more as it is, as far as templates say
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function stackChanges(
  before: readonly Declaration[],
  after: readonly Declaration[],
  isRetained: (address: string) => Maybe<boolean>,
): StackChanges {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const stays = new Set(after.map(keyOf));
  const had = new Set(before.map(resourceOf));
  const mayStay = new Set(after.filter(({ nameDoubt }) => nameDoubt !== undefined).map(resourceOf));
  const declarations = after.map((one): Declaration => {
    const was = old.get(keyOf(one));
    // What has an unknown name now may be what the resource was before.
    if (was === undefined)
      return one.nameDoubt !== undefined && had.has(resourceOf(one)) ? { ...one, change: 'update' } : one;
    return { ...one, change: isSame(was, one) ? 'none' : 'update' };
  });
  const changed = new Set(declarations.filter(({ change }) => change === 'update').map(keyOf));
  const gone = before.flatMap((one): readonly Declaration[] => {
    if (stays.has(keyOf(one))) return changed.has(keyOf(one)) ? [{ ...one, change: 'update' }] : [];
    if (mayStay.has(resourceOf(one))) return [{ ...one, change: 'update' }];
    const retention = isRetained(one.place.address);
    if (isUnknown(retention)) return mayBeGone(one, retention.unknown);
    return retention ? [] : [{ ...one, change: 'delete' }];
  });
  return { declarations: withContested(declarations, gone, new Set()), before: gone };
}

/** What the update of a stack may delete: nothing of its kind is certain to be there, or to be gone. */
function mayBeGone({ kind, place, accountId, region }: Declaration, why: string): readonly Declaration[] {
  const reach: Reach = { kind: 'parts', parts: partsOfKind[kind] ?? [] };
  return [{ kind: 'opaque', place, change: 'update', accountId, region, reach, why }];
}

/** The kind and the resource of a declaration, whatever it is called. */
function resourceOf({ kind, place, stack = '' }: Declaration): string {
  return JSON.stringify([kind, stack, place.address]);
}

/** What a declaration is among those of its stack. */
function keyOf(declaration: Declaration): string {
  const { kind, place, stack = '' } = declaration;
  return JSON.stringify([kind, stack, place.address, nameIn(declaration)]);
}

function nameIn(declaration: Declaration): unknown {
  if (declaration.kind !== 'subscription') return identityOf(declaration);
  return [declaration.topicArn, declaration.protocol, declaration.endpoint];
}

/** Whether nothing of a thing changes. What is not known may be something else each time. */
function isSame(one: Declaration, other: Declaration): boolean {
  if (firstUnknown(one) !== undefined || (one.kind === 'opaque' && one.reach.kind === 'anything')) return false;
  return JSON.stringify({ ...one, place: '' }) === JSON.stringify({ ...other, place: '' });
}

/**
 * Whether templates keep the thing of a resource that their next versions do not declare, or declare under another name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function retains(
  before: readonly Template[],
  after: readonly Template[],
  logicalId: string,
  parameters: Readonly<Record<string, unknown>>,
): Maybe<boolean> {
  const policiesIn = (templates: readonly Template[], attribute: string) =>
    templates.flatMap((one) => {
      const resource = one.Resources[logicalId];
      return resource === undefined ? [] : [keeps(resource[attribute], one, parameters)];
    });
  if (policiesIn(before, '').length === 0) return false;
  const isDeclared = policiesIn(after, '').length > 0;
  const attribute = isDeclared ? 'UpdateReplacePolicy' : 'DeletionPolicy';
  const [first, ...others] = policiesIn(isDeclared ? [...before, ...after] : before, attribute);
  if (first !== undefined && others.every((one) => one === first)) return first;
  return unknown(`whether the ${attribute} of ${logicalId} retains it`);
}

/** Whether a policy retains. A template with the language extensions may give it by a parameter. */
function keeps(
  policy: unknown,
  { Parameters: declared }: Template,
  given: Readonly<Record<string, unknown>>,
): Maybe<boolean> {
  const name = typeof policy === 'object' && policy !== null && 'Ref' in policy ? String(policy.Ref) : undefined;
  const value = name === undefined ? policy : (given[name] ?? declared[name]?.Default);
  if (value === undefined && name === undefined) return false;
  if (typeof value !== 'string') return unknown('a policy that is computed at deployment');
  return value === 'Retain' || value === 'RetainExceptOnCreate';
}

/**
 * The parameters of templates whose default is another one than in the templates that are deployed. A deployment keeps the
 * value that the stack has, or takes the new default.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 */
export function keptParameters(
  given: Readonly<Record<string, unknown>>,
  before: readonly Template[],
  after: readonly Template[],
): Readonly<Record<string, Unknown>> {
  const kept: Record<string, Unknown> = {};
  for (const [name, { Default: next }] of after.flatMap((one) => Object.entries(one.Parameters))) {
    const was = before.map((one) => one.Parameters[name]).filter((one) => one !== undefined);
    if (given[name] !== undefined || was.every((one) => String(one.Default) === String(next))) continue;
    const why = `parameter ${name} has another default now; give its value with \`--parameters ${name}=VALUE\``;
    kept[name] = unknown(why);
  }
  return kept;
}
