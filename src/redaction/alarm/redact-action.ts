import type { AlarmAction } from '../../inventory/resources.ts';
import { actionStates } from '../choices.ts';
import type { Names } from '../names.ts';
import { redactArn } from '../redact-arn.ts';
import { redactMembers, redactTime } from '../redact-members.ts';
import { redactChoice } from '../redact-value.ts';

/** AWS's texts about an action on a resource, as far as its ARN. */
const SUMMARY = /^(Successfully executed action|Failed to execute action)\b(?:\s+(arn:\S+?)\.?(?=\s|$))?/i;

/** What became of an action: that it succeeded or failed, and on what. What else AWS says may name things, and goes. */
export function redactAction(action: AlarmAction, names: Names): AlarmAction {
  return redactMembers(action, {
    timestamp: redactTime,
    summary: (summary) => redactSummary(summary, names),
    actionState: (state) => redactChoice(state, actionStates, names),
    notificationResource: (arn) => redactArn(arn, names),
    error: () => 'redacted',
  });
}

function redactSummary(summary: string, names: Names): string {
  const found = SUMMARY.exec(summary);
  if (found === null) return 'redacted';
  const [whole, words = '', arn] = found;
  const said = /^s/i.test(words) ? 'Successfully executed action' : 'Failed to execute action';
  const on = arn === undefined ? said : `${said} ${redactArn(arn, names)}`;
  const rest = summary.slice(whole.length).replace(/^\.?\s*/, '');
  if (rest === '') return on;
  return /^Received error/i.test(rest) ? `${on}. Received error: redacted` : `${on}. redacted`;
}
