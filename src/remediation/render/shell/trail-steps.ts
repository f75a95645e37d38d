import { logGroupName, resourceName } from '../../../inventory/arn.ts';
import type { ChangeOf } from '../../plan/plan.ts';
import * as aws from '../commands.ts';
import { describeLogGroups, onLines, onOneLine, quiet, say, stop, unlessDone } from './lines.ts';
import { literal, word } from './word.ts';

/** Starts logging, which does nothing where the trail is logging. */
export function startLogging(step: ChangeOf<'start-logging'>): readonly string[] {
  const { trailArn, region } = step;
  const trail = resourceName(trailArn);
  const look = { service: 'cloudtrail', operation: 'get-trail-status', region, input: { Name: trail } };
  return unlessDone(look, 'IsLogging', `Trail ${trail} is logging already.`, onLines(aws.startLogging(step), 2));
}

export function recordAllRegions(step: ChangeOf<'record-all-regions'>): readonly string[] {
  const { trailArn, region } = step;
  const trail = resourceName(trailArn);
  const look = { service: 'cloudtrail', operation: 'get-trail', region, input: { Name: trail } };
  const query = 'Trail.IsMultiRegionTrail && Trail.IncludeGlobalServiceEvents';
  return unlessDone(look, query, `Trail ${trail} records all regions already.`, quiet(aws.recordAllRegions(step), 2));
}

/**
 * PutEventSelectors replaces the list, so what the trail has at that moment is put again, with one more at its end.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export function addSelector(step: ChangeOf<'record-management-events'>): readonly string[] {
  const { trailArn, region, selector } = step;
  const trail = resourceName(trailArn);
  const list = selector.kind === 'basic' ? 'EventSelectors' : 'AdvancedEventSelectors';
  const option = selector.kind === 'basic' ? '--event-selectors' : '--advanced-event-selectors';
  const get = { service: 'cloudtrail', operation: 'get-event-selectors', region, input: { TrailName: trail } };
  const isSame =
    selector.kind === 'basic'
      ? `ReadWriteType==${literal(selector.added.readWriteType)} && IncludeManagementEvents && ` +
        `(ExcludeManagementEventSources || ${literal([])})==${literal(selector.added.excludeManagementEventSources)}`
      : `Name==${literal(selector.added.name)}`;
  return [
    `selectors=$(${onOneLine(get, `--query ${list} --output json`)})`,
    `present=$(${onOneLine(get, `--query ${word(`length((${list} || ${literal([])})[?${isSame}])`)} --output json`)})`,
    `more=${word(JSON.stringify(aws.selectorInput(step)))}`,
    'case "$present/$selectors" in',
    `  0/*'}'*']') ${onOneLine({ ...get, operation: 'put-event-selectors' }, `${option} "\${selectors%]}, $more]"`)} >/dev/null ;;`,
    `  0/*) ${stop(`The event selectors of trail ${trail} are of another kind now. Nothing was changed. Run remediate again.`)} ;;`,
    `  *) ${say(`The event selector of trail ${trail} exists already.`)} ;;`,
    'esac',
  ];
}

export function createLogGroup({ logGroupArn, retentionDays }: ChangeOf<'create-log-group'>): readonly string[] {
  return [
    `groups=$(${describeLogGroups(logGroupArn, 'logGroupName | length(@)')})`,
    'if [ "$groups" != 0 ]',
    `then ${say(`Log group ${logGroupName(logGroupArn)} exists already.`)}`,
    'else',
    onLines(aws.createLogGroup(logGroupArn), 2),
    onLines(aws.putRetention(logGroupArn, retentionDays), 2),
    'fi',
  ];
}

/**
 * Looks all names up before it creates anything. What an earlier run created has a tag with the trail's ARN, and is
 * used. IAM takes some seconds until CloudTrail sees a new role; any other refusal ends the script.
 */
export function connectLogGroup(step: ChangeOf<'connect-log-group'>): readonly string[] {
  const { trailArn, region, logGroupArn, roleName, retentionDays } = step;
  const trail = resourceName(trailArn);
  const group = logGroupName(logGroupArn);
  const { createRole, allowRole, updateTrail, tag } = aws.connectLogGroup(step);
  const getTrail = { service: 'cloudtrail', operation: 'get-trail', region, input: { Name: trail } };
  const getRole = { service: 'iam', operation: 'get-role', region, input: { RoleName: roleName } };
  const tags = { service: 'logs', operation: 'list-tags-for-resource', region, input: { resourceArn: logGroupArn } };
  const roleTag = `--query ${word(`(Role.Tags || ${literal([])})[?Key==${literal(tag.Key)}].Value | [0]`)} --output json`;
  const groupTag = `--query ${word(`tags.${tag.Key}`)} --output json`;
  const ours = word(JSON.stringify(tag.Value));
  const refuse = (text: string) => stop(`${text} Nothing was changed.`);
  const useIt = `If the trail may use it, add the tag ${tag.Key}=${tag.Value} to it and run this again.`;
  const connecting = [
    `if role=$(${onOneLine(getRole, roleTag)} 2>&1)`,
    `then [ "$role" = ${ours} ] || ${refuse(`Role ${roleName} exists, and was not created for trail ${trail}. ${useIt}`)}`,
    'else case "$role" in *NoSuchEntity*) role=\'\' ;; *) stop "$role" ;; esac',
    'fi',
    `groups=$(${describeLogGroups(logGroupArn, 'logGroupName | length(@)')})`,
    'if [ "$groups" != 0 ]',
    'then',
    `  owner=$(${onOneLine(tags, groupTag)})`,
    `  [ "$owner" = ${ours} ] || ${refuse(`Log group ${group} exists, and was not created for trail ${trail}. ${useIt}`)}`,
    // An earlier run may have been interrupted before it set the retention.
    `  kept=$(${describeLogGroups(logGroupArn, 'retentionInDays | [0]')})`,
    `  [ "$kept" != null ] || ${onLines(aws.putRetention(logGroupArn, retentionDays))}`,
    'else',
    onLines(aws.createLogGroup(logGroupArn, { [tag.Key]: tag.Value }), 2),
    onLines(aws.putRetention(logGroupArn, retentionDays), 2),
    'fi',
    `[ -n "$role" ] || ${quiet(createRole)}`,
    onLines(allowRole),
    'tries=1',
    `until answer=$(${onOneLine(updateTrail)} 2>&1)`,
    'do',
    '  case "$answer" in *InvalidCloudWatchLogs*) ;; *) stop "$answer" ;; esac',
    '  [ "$tries" -lt 6 ] || stop "$answer"',
    '  tries=$((tries + 1))',
    '  sleep 10',
    'done',
  ];
  return [
    `connected=$(${onOneLine(getTrail, '--query Trail.CloudWatchLogsLogGroupArn --output text')})`,
    'case "$connected" in',
    `  ${word(`${logGroupArn}:*`)}) ${say(`Trail ${trail} delivers to log group ${group} already.`)} ;;`,
    `  None | '')`,
    // No name in them has lines of its own, so every line may be indented.
    ...connecting.map((lines) => `    ${lines.replaceAll('\n', '\n    ')}`),
    '    ;;',
    `  *) ${refuse(`Trail ${trail} has a log group now. Run remediate again.`)} ;;`,
    'esac',
  ];
}
