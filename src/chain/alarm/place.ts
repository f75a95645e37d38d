import { parseArn } from '../../inventory/arn.ts';
import type { AlarmPath } from '../base/link.ts';

/** The account, region and name of the alarm of a path. Every alarm on a metric is where the log group is. */
export function placeOf({ logGroupArn, alarm: { alarmName } }: AlarmPath) {
  const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
  return { accountId, region, alarmName };
}
