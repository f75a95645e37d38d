import type { Declaration } from '../declaration.ts';
import { identityOf } from '../onto/identity.ts';
import { withContested } from '../contested.ts';
import type { Unknown } from '../value.ts';
import { firstUnknown, unknown } from '../value.ts';
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
 * @param isRetained - whether the update leaves a thing that is not declared any more as it is
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function stackChanges(
  before: readonly Declaration[],
  after: readonly Declaration[],
  isRetained: (address: string) => boolean,
): StackChanges {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const stays = new Set(after.map(keyOf));
  const declarations = after.map((one): Declaration => {
    const was = old.get(keyOf(one));
    if (was === undefined) return one;
    return { ...one, change: isSame(was, one) ? 'none' : 'update' };
  });
  const changed = new Set(declarations.filter(({ change }) => change === 'update').map(keyOf));
  const gone = before.flatMap((one): readonly Declaration[] => {
    if (stays.has(keyOf(one))) return changed.has(keyOf(one)) ? [{ ...one, change: 'update' }] : [];
    return isRetained(one.place.address) ? [] : [{ ...one, change: 'delete' }];
  });
  return { declarations: withContested(declarations, gone, new Set()), before: gone };
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
export function retains(before: readonly Template[], after: readonly Template[], logicalId: string): boolean {
  const resourcesIn = (templates: readonly Template[]) => templates.flatMap((one) => one.Resources[logicalId] ?? []);
  const [was, is] = [resourcesIn(before), resourcesIn(after)];
  const keeps = (policy: unknown) => policy === 'Retain' || policy === 'RetainExceptOnCreate';
  if (was.length === 0) return false;
  if (is.length === 0) return was.every((one) => keeps(one['DeletionPolicy']));
  return [...was, ...is].every((one) => keeps(one['UpdateReplacePolicy']));
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
