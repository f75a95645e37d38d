import { parseArn, resourceName } from '../inventory/arn.ts';
import type { PartKey } from '../inventory/model.ts';
import { partOf } from '../inventory/model.ts';
import { isTopic } from './alarm.ts';
import type { AlarmPath, Context, LinkResult, Reasons, Step, TopicPath } from './link.ts';
import { byText, end, findingsOf, step } from './link.ts';

interface Facts {
  readonly topic: string;
  readonly alarm: string;
}

export const topicReasons = {
  TOPIC_GONE: {
    outcome: 'broken',
    meaning: 'The topic that the alarm notifies does not exist.',
    sentence: ({ topic, alarm }: Facts) => `SNS topic ${topic} of alarm ${alarm} does not exist`,
    repair: ({ topic, alarm }: Facts) => `create topic ${topic} again, or give alarm ${alarm} another`,
  },
  TOPIC_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning: 'The topic belongs to another account, and no role is given to read its subscriptions there.',
    sentence: ({ topic, account }: Facts & { readonly account: string }) =>
      `SNS topic ${topic} belongs to account ${account}, which is not read from here`,
    repair: ({ account }: Facts & { readonly account: string }) =>
      `name a role to read account ${account} with \`foreignAccountRoleName\``,
  },
} as const satisfies Reasons;

const found = findingsOf(topicReasons);

type Code = keyof typeof topicReasons;

/** The SNS topics among the alarm's ALARM actions: whether each can be read from here, and exists. */
export function judgeTopics(path: AlarmPath, context: Context): LinkResult<TopicPath, Code> {
  const { inventory, options } = context;
  const { alarm } = path;
  const topics = [...new Set(alarm.alarmActions.filter(isTopic))].sort(byText);
  const missing: PartKey[] = [];
  const judged: Step<TopicPath, Code>[] = [];
  for (const topicArn of topics) {
    const onward = { ...path, topicArn };
    const subject = resourceName(topicArn);
    const facts = { topic: subject, alarm: alarm.alarmName };
    const account = parseArn(topicArn)?.accountId ?? 'unknown';
    if (account !== inventory.accountId && options.foreignAccountRoleName === undefined) {
      judged.push(end(subject, onward, found('TOPIC_IN_OTHER_ACCOUNT', { ...facts, account })));
      continue;
    }
    const key = subscriptionsKey(topicArn);
    const part = partOf<'subscriptions'>(inventory, key);
    if (part === undefined) missing.push(key);
    const gone = part?.kind === 'present' && part.value === null;
    judged.push(step(subject, onward, gone ? found('TOPIC_GONE', facts) : undefined));
  }
  return { steps: judged, needs: missing };
}

export function subscriptionsKey(topicArn: string) {
  return { kind: 'subscriptions', topicArn } as const;
}
