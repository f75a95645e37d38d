import { scalarText } from '../../conditions/event/event.ts';
import type { EventPattern, MemberPattern, ObjectPattern, TextMatch, ValueTest } from '../syntax/pattern.ts';

/** The canonical text of a pattern: JSON on one line, without blanks and without what a later member overrides. */
export function print({ root }: EventPattern): string {
  return printObject(root);
}

function printObject(members: ObjectPattern): string {
  return `{${members
    .filter((member, index) => !isOverridden(member, members.slice(index + 1)))
    .map(printMember)
    .join()}}`;
}

/** Of leaves of one name, the last one counts. */
function isOverridden(member: MemberPattern, later: ObjectPattern): boolean {
  if (member.kind === 'or' || member.of.kind === 'object') return false;
  return later.some((other) => other.kind === 'field' && other.of.kind === 'leaf' && other.name === member.name);
}

function printMember(member: MemberPattern): string {
  if (member.kind === 'or') return `"$or":[${member.alternatives.map(printObject).join()}]`;
  const { name, of } = member;
  const value = of.kind === 'object' ? printObject(of.members) : `[${of.tests.map(printTest).join()}]`;
  return `${JSON.stringify(name)}:${value}`;
}

function printTest(test: ValueTest): string {
  switch (test.kind) {
    case 'equals':
      return scalarText(test.value);
    case 'text':
      return printMatch(test.match);
    case 'anything-but':
      return `{"anything-but":${printExcluded(test.values)}}`;
    case 'numeric':
      return `{"numeric":[${test.bounds.map(({ operator, spelling }) => `"${operator}",${spelling}`).join()}]}`;
    case 'cidr':
      return `{"cidr":${JSON.stringify(test.block)}}`;
    case 'exists':
      return `{"exists":${test.wanted}}`;
  }
}

function printMatch(match: TextMatch): string {
  const text = JSON.stringify(match.text);
  switch (match.kind) {
    case 'prefix':
    case 'suffix':
      return `{"${match.kind}":${match.ignoreCase ? `{"equals-ignore-case":${text}}` : text}}`;
    case 'equals':
      return `{"equals-ignore-case":${text}}`;
    case 'wildcard':
      return `{"wildcard":${text}}`;
  }
}

function printExcluded(values: Extract<ValueTest, { kind: 'anything-but' }>['values']): string {
  switch (values.kind) {
    case 'texts':
      return oneOrList(values.texts.map((text) => JSON.stringify(text)));
    case 'numbers':
      return oneOrList(values.spellings);
    case 'matches': {
      const [first] = values.matches;
      const operator = first === undefined || first.kind === 'equals' ? 'equals-ignore-case' : first.kind;
      return `{"${operator}":${oneOrList(values.matches.map(({ text }) => JSON.stringify(text)))}}`;
    }
  }
}

function oneOrList(texts: readonly string[]): string {
  return texts.length === 1 ? texts.join() : `[${texts.join()}]`;
}
