import type { PlannedStep } from '../../plan/plan.ts';
import { createLogAlarm } from './log-alarm-steps.ts';
import * as notify from './notify-steps.ts';
import * as trail from './trail-steps.ts';

/**
 * The commands of one step, which need the functions of `SHELL_FUNCTIONS`. An answer that nobody needs is not printed.
 *
 * Every step first looks whether it is done already, says so, and does nothing then, so that a script that was interrupted
 * can run again. Where something else has the planned name, the script stops before it changes anything.
 */
export function stepCommands(step: PlannedStep): readonly string[] {
  switch (step.kind) {
    case 'start-logging':
      return trail.startLogging(step);
    case 'record-all-regions':
      return trail.recordAllRegions(step);
    case 'record-management-events':
      return trail.addSelector(step);
    case 'create-log-group':
      return trail.createLogGroup(step);
    case 'connect-log-group':
      return trail.connectLogGroup(step);
    case 'create-metric-filter':
      return notify.createMetricFilter(step);
    case 'create-topic':
      return notify.createTopic(step);
    case 'allow-publish':
      return notify.allowPublish(step);
    case 'subscribe':
      return notify.subscribe(step);
    case 'create-event-rule':
      return notify.createEventRule(step);
    case 'create-log-alarm':
      return createLogAlarm(step);
    case 'create-alarm':
      return notify.createAlarm(step);
    case 'enable-alarm-actions':
      return notify.enableAlarmActions(step);
  }
}
