import type { Inventory } from '../../model.ts';
import type { Declaration, DeclaredAccount } from '../declaration.ts';
import { isAlarm } from '../declaration.ts';
import { isUnknown } from '../value.ts';
import { presenceOf } from './changes.ts';
import { isGenerated, namesIn } from '../cloudformation/generated-names.ts';

/** Kinds of things that a stack need not have made: their declarations say nothing of whether the stack is there. */
const silent: ReadonlySet<Declaration['kind']> = new Set<Declaration['kind']>([
  'key',
  'key-policy',
  'key-alias',
  'topic-policy',
  'log-transformer',
  'mute-rule',
  'opaque',
]);

/**
 * Why a template may update a stack, and delete what the stack had and the template does not declare; nothing if it is taken
 * for a new stack, which deletes nothing: it declares something that the account certainly lacks, and nothing that the
 * account has or may have.
 */
export function whyMayDelete(base: Inventory, { declarations, source }: DeclaredAccount): string | undefined {
  const names = namesIn(base);
  const telling = declarations.filter(({ kind }) => !silent.has(kind));
  const advice = 'give the template that is deployed now with `--previous-template`';
  const isThere = (one: Declaration) =>
    presenceOf(one, base) === 'present' || names.some((name) => isGenerated(name, one.place.address));
  if (telling.some((one) => mayBeAny(one) || isThere(one)))
    return `${source} updates a stack and does not say what the update deletes; ${advice}`;
  if (telling.some((one) => presenceOf(one, base) === 'absent')) return undefined;
  return `${source} does not show whether the stack is new or what its update deletes; ${advice}, or say \`--new-stack\``;
}

/** Whether a file does not say what a thing will be, nor its name: it may be one that the account has, and change it. */
function mayBeAny(declaration: Declaration): boolean {
  if (declaration.nameDoubt !== undefined) return true;
  if (declaration.kind === 'metric-filter') return isUnknown(declaration.filter) || isUnknown(declaration.logGroupName);
  return isAlarm(declaration) && isUnknown(declaration.alarm);
}
