import type { Inventory } from '../../model.ts';
import { resourceName } from '../../arn.ts';
import type { Declaration, DeclaredAccount } from '../declaration.ts';
import { isUnknown } from '../value.ts';
import { presenceOf } from './changes.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lists of things that a template may have declared before and not declare any more. */
const lists = ['trails', 'metric-filters', 'alarms', 'subscriptions'] as const;

/**
 * Whether the account has something that a template declares: then the template updates a stack. Without that it is taken
 * for a new stack, which deletes nothing.
 */
export function updatesWhatIsThere(base: Inventory, { declarations }: DeclaredAccount): boolean {
  const names = namesIn(base);
  return declarations.some((one) => {
    if (['key', 'key-policy', 'key-alias', 'topic-policy', 'log-transformer'].includes(one.kind)) return false;
    return mayBeAny(one) || presenceOf(one, base) === 'present' || names.some((name) => isGenerated(name, one));
  });
}

/**
 * Leaves in the account what the template declares, and nothing else of what the stack may have had: an update of a stack
 * deletes what its template does not declare any more, and the template does not say it.
 */
export function forgetUndeclared(laying: Laying): void {
  const { account, draft } = laying;
  for (const kind of lists) {
    const declared = declaredParts(laying, kind);
    for (const id of draft.ids(kind)) {
      draft.put(kind, id, declared.get(id) ?? []);
      draft.doubt(kind, id, `${account.source} updates a stack and does not say what the update deletes`);
    }
  }
}

/** Whether a file does not say what a thing will be, nor its name: it may be one that the account has, and change it. */
function mayBeAny(declaration: Declaration): boolean {
  if (declaration.kind === 'metric-filter') return isUnknown(declaration.filter) || isUnknown(declaration.logGroupName);
  const isAlarm = declaration.kind === 'metric-alarm' || declaration.kind === 'composite-alarm';
  return isAlarm && isUnknown(declaration.alarm);
}

/** Every name in the account of a thing that CloudFormation names itself where its template gives no name. */
function namesIn({ parts }: Inventory): readonly string[] {
  const arns = [
    ...Object.keys(parts['topic-attributes'] ?? {}),
    ...Object.keys(parts['log-group'] ?? {}),
    ...Object.keys(parts['trail-status'] ?? {}),
  ];
  const alarms = Object.values(parts.alarms ?? {}).flatMap((part) =>
    part.kind === 'present' ? part.value.map(({ alarmName }) => alarmName) : [],
  );
  const filters = Object.values(parts['metric-filters'] ?? {}).flatMap((part) =>
    part.kind === 'present' ? (part.value ?? []).map(({ filterName }) => filterName) : [],
  );
  return [...arns.map(resourceName), ...alarms, ...filters];
}

/**
 * CloudFormation names what its template does not name `stack-LogicalId-` and some letters and digits.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
function isGenerated(name: string, { place: { address } }: Declaration): boolean {
  const [, logicalId] = /-([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/.exec(name) ?? [];
  return logicalId === address;
}
