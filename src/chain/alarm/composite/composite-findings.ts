import type { Context, Finding } from '../../base/link.ts';
import { findingsOf } from '../../base/link.ts';
import { alarmReasons } from '../reasons.ts';
import type { IndexedComposite } from './composite-index.ts';
import type { AlarmChange } from './effect.ts';
import { effectOn, suppressionOf } from './effect.ts';

const alarmFinding = findingsOf(alarmReasons);

/** What keeps a composite alarm from acting when an alarm below it goes into ALARM. */
export interface CompositeFindings {
  readonly findings: readonly Finding<keyof typeof alarmReasons>[];
  /** How long, in seconds, its actions wait for the suppressor. */
  readonly waitSeconds: number;
}

export function compositeFindings(
  indexed: IndexedComposite,
  change: AlarmChange,
  { options }: Context,
): CompositeFindings {
  const facts = { alarm: indexed.composite.alarmName };
  const findings: Finding<keyof typeof alarmReasons>[] = [];
  const effect = effectOn(indexed, change);
  switch (effect.kind) {
    case 'goes-into-alarm':
      break;
    case 'stays':
      findings.push(alarmFinding('ALARM_RULE_NOT_MET', { ...facts, why: effect.why }));
      break;
    case 'rests-in-alarm':
      findings.push(alarmFinding('ALARM_RESTS_IN_ALARM', { ...facts, why: effect.why }));
      break;
    case 'undecided':
      findings.push(alarmFinding('ALARM_NOT_COMPUTED', { ...facts, why: effect.why }));
      break;
  }
  if (options.assurance === 'configured') return { findings, waitSeconds: 0 };
  const suppression = suppressionOf(indexed, change);
  if (suppression.kind === 'none') return { findings, waitSeconds: suppression.waitSeconds };
  const code = suppression.kind === 'suppressed' ? 'ALARM_SUPPRESSED' : 'ALARM_NOT_COMPUTED';
  return { findings: [...findings, alarmFinding(code, { ...facts, why: suppression.why })], waitSeconds: 0 };
}
