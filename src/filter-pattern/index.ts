/** The CloudWatch Logs filter-pattern language: read, print, match and compare patterns. */
export { compare, compareTexts } from './compare.ts';
export type { Comparison, Question, TextComparison, UniverseName } from './compare.ts';
export { CORNERS, LIKELY_READING } from './corners.ts';
export type { Corner, Reading } from './corners.ts';
export { writeEvent } from './event.ts';
export type { EventObject, EventValue } from './event.ts';
export { describeIssue, renderIssue } from './issue.ts';
export type { Issue } from './issue.ts';
export { matches, matchesUnderAll } from './matches.ts';
export { parse } from './parse.ts';
export type { ParseResult } from './parse.ts';
export type { Condition, Expression, Pattern, Selector } from './pattern.ts';
export { print, printSelector } from './print.ts';
export { readEvent } from './read-event.ts';
export type { ReadEvent } from './read-event.ts';
export type { Answer, Relation } from './relation.ts';
export type { Match, Trivalent } from './trial.ts';
