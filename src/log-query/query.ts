/**
 * The part of the CloudWatch Logs Insights query language whose meaning is computed: what decides how many log events a
 * query counts. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export interface LogQuery {
  /** The conditions of all `filter` commands. All have to hold. */
  readonly filters: readonly QueryExpression[];
  /** The query gives so many results at most. */
  readonly limit?: number;
  /** Set for `stats count(*)`: the query gives one number in place of the log events, under this name if it has one. */
  readonly count?: { readonly alias?: string };
}

export type QueryExpression =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly QueryExpression[] }
  | { readonly kind: 'not'; readonly operand: QueryExpression }
  | TextsCondition
  | { readonly kind: 'present'; readonly field: QueryField };

/** One of the tests holds for the text of a field; or none, if that is not `wanted`: `!=`, `not in`, `not like`. */
export interface TextsCondition {
  readonly kind: 'texts';
  readonly operator: '=' | 'in' | 'like';
  readonly wanted: boolean;
  readonly field: QueryField;
  readonly tests: readonly QueryTextTest[];
}

/** `@message` is the text of the whole record. Other fields are those of the record, with dots between the names. */
export type QueryField =
  { readonly kind: 'message' } | { readonly kind: 'field'; readonly names: readonly [string, ...string[]] };

/** The text occurs: anywhere, at the start, at the end, or is all there is. */
export interface QueryTextTest {
  readonly text: string;
  readonly start: boolean;
  readonly end: boolean;
  readonly ignoreCase: boolean;
}
