import type { Alarm } from '../../inventory/resources.ts';
import { alarmStates, evaluationStates } from '../choices.ts';
import { redactArn } from '../redact-arn.ts';
import type { MemberRules } from '../redact-members.ts';
import { kept, redactMembers, redactTime } from '../redact-members.ts';
import { redactChoice } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/** How what every kind of alarm has is rewritten. */
export function alarmBaseRules({ names }: Redactor): Omit<MemberRules<Pick<Alarm, keyof Alarm>>, 'kind'> {
  return {
    alarmName: names.text,
    alarmArn: (arn) => redactArn(arn, names),
    actionsEnabled: kept,
    alarmActions: (actions) => actions.map((action) => redactArn(action, names)),
    stateValue: (state) => redactChoice(state, alarmStates, names),
    stateTransitionedTimestamp: redactTime,
    evaluationState: (state) => redactChoice(state, evaluationStates, names),
    alarmConfigurationUpdatedTimestamp: redactTime,
    warmUpConfiguration: (configuration) =>
      redactMembers(configuration, {
        warmUpPeriodDurationInMinutes: kept,
        onlyStartEvaluatingAfterWarmUpPeriodEnds: kept,
      }),
  };
}
