import { logGroupName, regionOf } from '../../../inventory/arn.ts';
import type { ChangeOf } from '../../plan/plan.ts';
import * as aws from '../commands.ts';
import { onLines, onOneLine, quiet, stop, unlessPresent } from './lines.ts';
import { literal, word } from './word.ts';

/**
 * PutLogAlarm overwrites an alarm of the same name. The role has a tag with the name of the alarm, by which a later run knows
 * it. IAM takes some seconds until CloudWatch sees a new role, so a refusal is tried again.
 */
export function createLogAlarm(step: ChangeOf<'create-log-alarm'>): readonly string[] {
  const { alarmArn, alarmName, logGroupArn, queryString, roleName, topicArn } = step;
  const region = regionOf(alarmArn);
  const { createRole, allowRole, putLogAlarm, tag } = aws.logAlarm(step);
  const getRole = { service: 'iam', operation: 'get-role', region, input: { RoleName: roleName } };
  const roleTag = `--query ${word(`(Role.Tags || ${literal([])})[?Key==${literal(tag.Key)}].Value | [0]`)} --output json`;
  const taken = `Role ${roleName} exists, and was not created for alarm ${alarmName}. If the alarm may use it, add the tag ${tag.Key}=${tag.Value} to it and run this again. Nothing was changed.`;
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];
  const look = {
    service: 'cloudwatch',
    operation: 'describe-alarms',
    region,
    input: { AlarmNames: [alarmName], AlarmTypes },
  };
  const none = literal([]);
  const same =
    `ScheduledQueryConfiguration.QueryString==${literal(queryString)} && ` +
    `ScheduledQueryConfiguration.LogGroupIdentifiers[0]==${literal(logGroupName(logGroupArn))} && ActionsEnabled && ` +
    `contains(AlarmActions, ${literal(topicArn)})`;
  const counts = [
    `[(MetricAlarms || ${none}), (CompositeAlarms || ${none}), (LogAlarms || ${none})][]`,
    `(LogAlarms || ${none})[?${same}]`,
  ];
  const put = [
    `if role=$(${onOneLine(getRole, roleTag)} 2>&1)`,
    `then [ "$role" = ${word(JSON.stringify(tag.Value))} ] || ${stop(taken)}`,
    `else case "$role" in *NoSuchEntity*) ${quiet(createRole)} ;; *) stop "$role" ;; esac`,
    'fi',
    onLines(allowRole, 4).trimStart(),
    'tries=1',
    `until answer=$(${onOneLine(putLogAlarm)} 2>&1)`,
    'do',
    '  [ "$tries" -lt 6 ] || stop "$answer"',
    '  tries=$((tries + 1))',
    '  sleep 10',
    'done',
  ];
  return unlessPresent(look, counts, `Alarm ${alarmName}`, put.map((line) => `    ${line}`).join('\n'));
}
