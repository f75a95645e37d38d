import type { ConfigState } from '../../aws-responder/config.ts';
import { configOperations } from '../../aws-responder/config.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { ServiceError } from '../../aws-responder/wire.ts';

/** Sends a request on to moto, changed or not, and reads its JSON answer. */
export type Forward = (change?: { readonly operation?: string; readonly input?: object }) => Promise<object>;

/** The account that moto takes everybody for. */
export const MOTO_ACCOUNT = '123456789012';

type Answer = (request: Request, forward: Forward) => Promise<unknown>;

/** What the proxy keeps because moto does not, by region and name. */
export interface Kept {
  readonly compositeAlarms: Map<string, Request['input']>;
  /** The settings of a metric filter that moto drops. */
  readonly filterSettings: Map<string, object>;
}

/**
 * What moto 5.2.1 does not do, or does in another way than AWS documents, as far as the rule asks for it. Everything else
 * goes to moto, which is what makes it a second opinion.
 */
export function answersFor(config: ConfigState, kept: Kept): Readonly<Record<string, Answer>> {
  const { PutEvaluations, GetComplianceDetailsByConfigRule } = configOperations(config);
  return {
    // Takes results in test mode only, and cannot list them.
    PutEvaluations: ({ input }) => settled(() => PutEvaluations?.(input)),
    GetComplianceDetailsByConfigRule: ({ input }) => settled(() => GetComplianceDetailsByConfigRule?.(input)),

    // Knows nothing of deliveries to a log group, and writes a time that is not set as an empty text.
    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
    GetTrailStatus: async (_request, forward) => {
      const { IsLogging, StartLoggingTime } = (await forward()) as {
        readonly IsLogging: boolean;
        readonly StartLoggingTime?: number;
      };
      return {
        IsLogging,
        ...(StartLoggingTime ? { StartLoggingTime } : {}),
        ...(IsLogging ? { LatestCloudWatchLogsDeliveryTime: Math.floor(Date.now() / 1000) } : {}),
      };
    },

    // Shows a fresh trail without selectors, where AWS shows the default one, and shows the list that is not used.
    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
    GetEventSelectors: async (_request, forward) => {
      const { TrailARN, EventSelectors, AdvancedEventSelectors } = (await forward()) as {
        readonly TrailARN: string;
        readonly EventSelectors: readonly object[];
        readonly AdvancedEventSelectors: readonly object[];
      };
      if (AdvancedEventSelectors.length > 0) return { TrailARN, AdvancedEventSelectors };
      const all = {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      };
      return { TrailARN, EventSelectors: EventSelectors.length > 0 ? EventSelectors : [all] };
    },

    // Does not say of which class a log group is.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
    DescribeLogGroups: async (_request, forward) => {
      const answer = (await forward()) as { readonly logGroups: readonly object[] };
      return { ...answer, logGroups: answer.logGroups.map((group) => ({ logGroupClass: 'STANDARD', ...group })) };
    },

    // Knows nothing of transformers, so no log group and no account has any.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetTransformer.html
    GetTransformer: () =>
      settled(() => {
        throw new ServiceError('ResourceNotFoundException');
      }),
    DescribeAccountPolicies: () => settled(() => ({ accountPolicies: [] })),

    // Knows neither mute rules nor what became of an alarm's actions.
    ListAlarmMuteRules: () => settled(() => ({ AlarmMuteRuleSummaries: [] })),
    DescribeAlarmHistory: () => settled(() => ({ AlarmHistoryItems: [] })),
    // Does not know the operation. The alarm is put again as it is, with its actions enabled.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html
    EnableAlarmActions: async ({ input }, forward) => {
      const { MetricAlarms } = (await forward({
        operation: 'DescribeAlarms',
        input: { AlarmNames: input['AlarmNames'] },
      })) as { readonly MetricAlarms: readonly object[] };
      for (const alarm of MetricAlarms) {
        const { Metrics, ...settings } = alarm as { readonly Metrics?: readonly object[] };
        if (Metrics !== undefined && Metrics.length > 0) throw new Error('an alarm on metric math is not put again');
        await forward({ operation: 'PutMetricAlarm', input: { ...settings, ActionsEnabled: true } });
      }
      return {};
    },

    // Does not know composite alarms.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
    PutCompositeAlarm: ({ input, region }) =>
      settled(() => {
        const name = String(input['AlarmName']);
        const AlarmArn = `arn:aws:cloudwatch:${region}:${MOTO_ACCOUNT}:alarm:${name}`;
        kept.compositeAlarms.set(`${region} ${name}`, { ActionsEnabled: true, ...input, AlarmArn });
        return {};
      }),
    DescribeAlarms: async ({ input, region }, forward) => {
      const { AlarmNames: names, AlarmTypes: types = ['MetricAlarm'] } = input as {
        readonly AlarmNames?: readonly string[];
        readonly AlarmTypes?: readonly string[];
      };
      const composites = [...kept.compositeAlarms]
        .filter(([key]) => key.startsWith(`${region} `))
        .map(([, alarm]) => alarm)
        .filter(({ AlarmName }) => names?.includes(String(AlarmName)) ?? true)
        // CloudWatch gives the state of every alarm.
        .map((alarm) => ({ StateValue: 'OK', ...alarm }));
      return { ...(await forward()), CompositeAlarms: types.includes('CompositeAlarm') ? composites : [] };
    },

    // Has no filters of a log group that does not exist, where AWS knows no such group, and keeps such filters. Drops
    // what a filter selects by.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
    DescribeMetricFilters: async (request, forward) => {
      const isOfGroup = request.input['logGroupName'] !== undefined;
      const { metricFilters, ...page } = (await (isOfGroup ? ofExistingGroup(request, forward) : forward())) as {
        readonly metricFilters: readonly { readonly logGroupName: string; readonly filterName: string }[];
      };
      const settings = ({ logGroupName, filterName }: (typeof metricFilters)[number]) =>
        kept.filterSettings.get(`${request.region} ${logGroupName} ${filterName}`);
      return { ...page, metricFilters: metricFilters.map((filter) => ({ ...filter, ...settings(filter) })) };
    },
    PutMetricFilter: async (request, forward) => {
      const { fieldSelectionCriteria, ...input } = request.input;
      const answer = await ofExistingGroup(request, (change) => forward(change ?? { input }));
      const key = `${request.region} ${String(input['logGroupName'])} ${String(input['filterName'])}`;
      if (fieldSelectionCriteria === undefined) kept.filterSettings.delete(key);
      else kept.filterSettings.set(key, { fieldSelectionCriteria });
      return answer;
    },
  };
}

/**
 * What moto answers in XML, as AWS would.
 *
 * @param isConfirmed - whether those who got an e-mail have followed its link. moto takes every subscription for
 *   confirmed at once.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
 */
export function asAnswered({ operation, input }: Request, xml: string, isConfirmed: boolean): string {
  if (isConfirmed) return xml;
  switch (operation) {
    case 'Subscribe':
      // https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html#API_Subscribe_RequestParameters
      if (input['ReturnSubscriptionArn'] === 'true') return xml;
      return xml.replace(/(<SubscriptionArn>)[^<]*/, '$1pending confirmation');
    case 'ListSubscriptionsByTopic':
      return xml.replace(/<member>.*?<\/member>/gs, (member) =>
        member.includes('<Protocol>email</Protocol>')
          ? member.replace(/(<SubscriptionArn>)[^<]*/, '$1PendingConfirmation')
          : member,
      );
    default:
      return xml;
  }
}

function settled(answer: () => unknown): Promise<unknown> {
  return new Promise((resolve) => {
    resolve(answer());
  });
}

async function ofExistingGroup({ input }: Request, forward: Forward): Promise<object> {
  const logGroupName = String(input['logGroupName']);
  const { logGroups } = (await forward({
    operation: 'DescribeLogGroups',
    input: { logGroupNamePrefix: logGroupName },
  })) as { readonly logGroups: readonly { readonly logGroupName: string }[] };
  if (logGroups.some((group) => group.logGroupName === logGroupName)) return forward();
  throw new ServiceError('ResourceNotFoundException', 400, 'The specified log group does not exist.');
}
