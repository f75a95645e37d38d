import type { LogQuery, QueryExpression, QueryField, QueryTextTest, TextsCondition } from '../../log-query/index.ts';
import { parse, parseAggregation, print } from '../../log-query/index.ts';
import type { LogAlarm, ScheduledQueryConfiguration } from '../../inventory/resources.ts';
import { comparisonOperators, missingDataTreatments } from '../choices.ts';
import type { Names } from '../names.ts';
import { redactArn, redactWords } from '../redact-arn.ts';
import { isVocabulary } from '../allowed.ts';
import { kept, redactMembers } from '../redact-members.ts';
import { redactChoice, redactFieldName, redactFieldValue } from '../redact-value.ts';
import type { TextPart } from '../redact-text-part.ts';
import { redactTextPart } from '../redact-text-part.ts';
import type { Redactor } from '../redactor.ts';
import { alarmBaseRules } from './alarm-base-rules.ts';

/** An alarm on a query of logs under other names. */
export function redactLogAlarm(alarm: LogAlarm, redactor: Redactor): LogAlarm {
  const { names } = redactor;
  return redactMembers(alarm, {
    kind: () => 'log-alarm',
    ...alarmBaseRules(redactor),
    scheduledQueryConfiguration: (query) => redactScheduledQuery(query, redactor),
    queryResultsToEvaluate: kept,
    queryResultsToAlarm: kept,
    threshold: kept,
    comparisonOperator: (operator) => redactChoice(operator, comparisonOperators, names),
    treatMissingData: (treatment) => redactChoice(treatment, missingDataTreatments, names),
  });
}

function redactScheduledQuery(query: ScheduledQueryConfiguration, redactor: Redactor): ScheduledQueryConfiguration {
  const { names } = redactor;
  return redactMembers(query, {
    queryString: (text) => redactQuery(text, redactor),
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
function redactQuery(text: string, redactor: Redactor): string {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') {
    const words = text.match(/[A-Za-z][\w.]*/g) ?? [];
    return ['redacted', ...words.filter(isVocabulary)].join(' ');
  }
  const { filters, count, ...rest } = parsed.query;
  const redacted: LogQuery = {
    ...rest,
    filters: filters.map((one) => redactCondition(one, redactor)),
    ...(count === undefined ? {} : { count: count.alias === undefined ? {} : { alias: ALIAS } }),
  };
  const printed = print(redacted);
  return parse(printed).kind === 'parsed' ? printed : 'redacted';
}

/** What the number of `stats count(*)` is called in a copy. */
const ALIAS = 'counted';

function redactCondition(expression: QueryExpression, redactor: Redactor): QueryExpression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map((one) => redactCondition(one, redactor)) };
    case 'not':
      return { ...expression, operand: redactCondition(expression.operand, redactor) };
    case 'present':
      return { ...expression, field: redactField(expression.field, redactor.names) };
    case 'texts':
      return redactTexts(expression, redactor);
  }
}

function redactTexts(condition: TextsCondition, redactor: Redactor): TextsCondition {
  const { field, tests } = condition;
  return {
    ...condition,
    field: redactField(field, redactor.names),
    tests: tests.flatMap((test) => redactText(test, field, redactor).map((text) => ({ ...test, text }))),
  };
}

function redactText({ text, start, end, ignoreCase }: QueryTextTest, field: QueryField, redactor: Redactor) {
  if (isVocabulary(text)) return [text];
  const place = start ? (end ? 'whole' : 'start') : end ? 'end' : 'anywhere';
  const part: TextPart = { text, place, ignoreCase };
  // The message is the record as it is written, with the values of all fields.
  if (field.kind === 'message') return redactTextPart(part, '@message', redactor);
  const last = field.names.at(-1) ?? '';
  return place === 'whole' && !ignoreCase
    ? [redactFieldValue(text, last, redactor.names)]
    : redactTextPart(part, last, redactor);
}

function redactField(field: QueryField, names: Names): QueryField {
  if (field.kind === 'message') return field;
  const [first, ...rest] = field.names;
  const shown = (name: string) => (/^\d{1,3}$/.test(name) ? name : redactFieldName(name, names));
  return { kind: 'field', names: [redactFieldName(first, names), ...rest.map(shown)] };
}

/** A number that `stats` gave has one name in a copy, and that of the results has none. */
function redactAggregation(text: string, query: string): string {
  const parsed = parse(query);
  const of = parsed.kind === 'parsed' ? parseAggregation(text, parsed.query) : undefined;
  if (of === 'results' || (of === undefined && /^\s*count\(\s*\*?\s*\)\s*$/.test(text))) return 'count(*)';
  return of === 'number' ? `${/\w+/.exec(text)?.[0] ?? ''}(${ALIAS})` : 'redacted';
}

function isRate(text: string): boolean {
  return /^rate\(\d{1,5} (?:minute|hour|day)s?\)$/.test(text);
}
