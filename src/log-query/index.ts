/** The simple form of CloudWatch Logs Insights queries: read, print, match and compare queries. */
export { compare } from './compare.ts';
export type { QueryQuestion } from './compare.ts';
export { match } from './match.ts';
export { parse, parseAggregation } from './parse.ts';
export type { Aggregation, QueryParseResult } from './parse.ts';
export { print } from './print.ts';
export type { LogQuery, QueryExpression, QueryField, QueryTextTest, TextsCondition } from './query.ts';
