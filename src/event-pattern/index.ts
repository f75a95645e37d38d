/** The EventBridge event-pattern language: read, print, match and compare patterns. */
export { compare } from './compare/compare.ts';
export type { EventQuestion } from './compare/compare.ts';
export { match } from './match/match.ts';
export type { EventMatch } from './match/match.ts';
export { parse } from './parse/parse.ts';
export type { EventParseResult } from './parse/parse.ts';
export { print } from './print/print.ts';
export type { EventPattern } from './syntax/pattern.ts';
