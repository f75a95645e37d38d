import type { Declaration, DeclaredAccount } from '../declaration.ts';
import { isAlarm } from '../declaration.ts';

/**
 * Whether a policy compares ARNs with one whose name is not known yet: what stands for the name does not match what the name
 * will.
 *
 * @param policy - as JSON text
 * @returns `denies` where a match may refuse, `allows` where it only may allow; `undefined` where nothing depends on it
 */
export function comparesStandIns(policy: string, { declarations }: DeclaredAccount): 'allows' | 'denies' | undefined {
  const arns = (policy.match(/arn:[^"\s]+/g) ?? []).filter((arn) => !arn.includes('('));
  const isOpen = declarations.some((one) => arns.some((arn) => mayName(arn, one)));
  if (!isOpen) return undefined;
  return /"(?:Deny|Not[A-Z]\w*|\w*Not(?:Equals|Like)\w*)"/.test(policy) ? 'denies' : 'allows';
}

/** Whether an ARN, which may have wildcards, is one of a thing with a stand-in for its name. */
function mayName(arn: string, declaration: Declaration): boolean {
  if (!('name' in declaration) || !declaration.name.startsWith('(')) return false;
  const name = nameIn(arn, declaration);
  // A wildcard alone matches every name, and the one that AWS chooses is in no policy.
  return name !== undefined && name !== '*' && (declaration.nameDoubt !== undefined || /[*?]/.test(name));
}

function nameIn(arn: string, declaration: Declaration): string | undefined {
  if (declaration.kind === 'topic') return /^arn:[^:]*:sns:[^:]*:[^:]*:(.*)$/.exec(arn)?.[1];
  if (declaration.kind === 'event-rule') return /^arn:[^:]*:events:[^:]*:[^:]*:rule\/(.*)$/.exec(arn)?.[1];
  return isAlarm(declaration) ? /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/.exec(arn)?.[1] : undefined;
}
