import type { LogAlarm, ScheduledQueryConfiguration } from '../inventory/resources.ts';
import { comparisonOperators, missingDataTreatments } from './choices.ts';
import type { Names } from './names.ts';
import { redactArn, redactWords } from './redact-arn.ts';
import { redactChoice } from './redact-value.ts';
import type { Redactor } from './redactor.ts';

/** The settings of a log alarm that may hold names, with other names. */
export function redactLogAlarm(
  { scheduledQueryConfiguration: query, comparisonOperator, treatMissingData }: LogAlarm,
  { names }: Redactor,
): Partial<LogAlarm> {
  return {
    ...(query === undefined ? {} : { scheduledQueryConfiguration: redactScheduledQuery(query, names) }),
    ...(comparisonOperator === undefined
      ? {}
      : { comparisonOperator: redactChoice(comparisonOperator, comparisonOperators, names) }),
    ...(treatMissingData === undefined
      ? {}
      : { treatMissingData: redactChoice(treatMissingData, missingDataTreatments, names) }),
  };
}

function redactScheduledQuery(query: ScheduledQueryConfiguration, names: Names): ScheduledQueryConfiguration {
  const { scheduledQueryRoleARN: role, aggregationExpression: aggregation, scheduleConfiguration } = query;
  const { scheduleExpression: schedule } = scheduleConfiguration;
  return {
    ...query,
    queryString: 'redacted',
    logGroupIdentifiers: query.logGroupIdentifiers.map((one) =>
      one.startsWith('arn:') ? redactArn(one, names) : redactWords(one, names),
    ),
    ...(role === undefined ? {} : { scheduledQueryRoleARN: redactArn(role, names) }),
    ...(aggregation === undefined
      ? {}
      : { aggregationExpression: isPlainCount(aggregation) ? aggregation : 'redacted' }),
    scheduleConfiguration: {
      ...scheduleConfiguration,
      ...(schedule === undefined ? {} : { scheduleExpression: isRate(schedule) ? schedule : names.text(schedule) }),
    },
  };
}

function isPlainCount(text: string): boolean {
  return /^\s*count\(\s*\*?\s*\)\s*$/.test(text);
}

function isRate(text: string): boolean {
  return /^rate\(\d{1,3} (?:minute|hour|day)s?\)$/.test(text);
}
