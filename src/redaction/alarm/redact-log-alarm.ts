import type { LogQuery, QueryExpression, QueryField, TextsCondition } from '../../log-query/index.ts';
import { parse, parseAggregation, print } from '../../log-query/index.ts';
import type { LogAlarm, ScheduledQueryConfiguration } from '../../inventory/resources.ts';
import { comparisonOperators, missingDataTreatments } from '../choices.ts';
import type { Names } from '../names.ts';
import { redactArn, redactWords } from '../redact-arn.ts';
import { isVocabulary } from '../allowed.ts';
import { kept, redactMembers } from '../redact-members.ts';
import { redactChoice, redactFieldName, redactFieldValue } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';
import { alarmBaseRules } from './alarm-base-rules.ts';

/** An alarm on a query of logs under other names. */
export function redactLogAlarm(alarm: LogAlarm, redactor: Redactor): LogAlarm {
  const { names } = redactor;
  return redactMembers(alarm, {
    kind: () => 'log-alarm',
    ...alarmBaseRules(redactor),
    scheduledQueryConfiguration: (query) => redactScheduledQuery(query, names),
    queryResultsToEvaluate: kept,
    queryResultsToAlarm: kept,
    threshold: kept,
    comparisonOperator: (operator) => redactChoice(operator, comparisonOperators, names),
    treatMissingData: (treatment) => redactChoice(treatment, missingDataTreatments, names),
  });
}

function redactScheduledQuery(query: ScheduledQueryConfiguration, names: Names): ScheduledQueryConfiguration {
  return redactMembers(query, {
    queryString: (text) => redactQuery(text, names),
    logGroupIdentifiers: (identifiers) =>
      identifiers.map((one) => (one.startsWith('arn:') ? redactArn(one, names) : redactWords(one, names))),
    scheduledQueryRoleARN: (arn) => redactArn(arn, names),
    aggregationExpression: (aggregation) => redactAggregation(aggregation, query.queryString),
    scheduleConfiguration: (configuration) =>
      redactMembers(configuration, {
        scheduleExpression: (schedule) => (isRate(schedule) ? schedule : names.text(schedule)),
        startTimeOffset: kept,
        endTimeOffset: kept,
      }),
  });
}

/**
 * A query with other names. Of one that is not read only the words of AWS are shown, which say what it is meant for, and it
 * stays one that is not read.
 */
function redactQuery(text: string, names: Names): string {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') {
    const words = text.match(/[A-Za-z][\w.]*/g) ?? [];
    return ['redacted', ...words.filter(isVocabulary)].join(' ');
  }
  const { filters, count, ...rest } = parsed.query;
  const redacted: LogQuery = {
    ...rest,
    filters: filters.map((one) => redactCondition(one, names)),
    ...(count === undefined ? {} : { count: count.alias === undefined ? {} : { alias: ALIAS } }),
  };
  const printed = print(redacted);
  return parse(printed).kind === 'parsed' ? printed : 'redacted';
}

/** What the number of `stats count(*)` is called in a copy. */
const ALIAS = 'counted';

function redactCondition(expression: QueryExpression, names: Names): QueryExpression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map((one) => redactCondition(one, names)) };
    case 'not':
      return { ...expression, operand: redactCondition(expression.operand, names) };
    case 'present':
      return { ...expression, field: redactField(expression.field, names) };
    case 'texts':
      return redactTexts(expression, names);
  }
}

function redactTexts(condition: TextsCondition, names: Names): TextsCondition {
  const { field, tests } = condition;
  const last = field.kind === 'field' ? (field.names.at(-1) ?? '') : '';
  const redactText = (text: string, isWhole: boolean): string => {
    if (isVocabulary(text)) return text;
    return isWhole ? redactFieldValue(text, last, names) : names.text(text);
  };
  return {
    ...condition,
    field: redactField(field, names),
    tests: tests.map((test) => ({ ...test, text: redactText(test.text, test.start && test.end) })),
  };
}

function redactField(field: QueryField, names: Names): QueryField {
  if (field.kind === 'message') return field;
  const [first, ...rest] = field.names;
  const shown = (name: string) => (/^\d{1,3}$/.test(name) ? name : redactFieldName(name, names));
  return { kind: 'field', names: [redactFieldName(first, names), ...rest.map(shown)] };
}

/** A number that `stats` gave has one name in a copy. */
function redactAggregation(text: string, query: string): string {
  if (isPlainCount(text)) return text;
  const parsed = parse(query);
  const isOfNumber = parsed.kind === 'parsed' && parseAggregation(text, parsed.query) === 'number';
  return isOfNumber ? `${/\w+/.exec(text)?.[0] ?? ''}(${ALIAS})` : 'redacted';
}

function isPlainCount(text: string): boolean {
  return /^\s*count\(\s*\*?\s*\)\s*$/.test(text);
}

function isRate(text: string): boolean {
  return /^rate\(\d{1,3} (?:minute|hour|day)s?\)$/.test(text);
}
