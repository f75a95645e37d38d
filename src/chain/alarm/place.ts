import { parseArn } from '../../inventory/arn.ts';
import type { AlarmPath } from '../base/link.ts';

/** Where the acting alarm of a path is, and its name: all alarms on a metric are where its log group is. */
export function placeOf({ logGroupArn, alarm: { alarmName } }: AlarmPath) {
  const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
  return { accountId, region, alarmName };
}
