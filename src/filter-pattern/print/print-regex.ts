import type { CharacterSet, ClassMember, Regex, RegexItem, Repetition, Shorthand } from '../syntax/regex.ts';

/** Canonical text between `%` signs, never longer than what was parsed. */
export function printRegex({ alternatives }: Regex): string {
  return `%${alternatives.map((sequence) => sequence.map(printItem).join('')).join('|')}%`;
}

function printItem(node: RegexItem): string {
  switch (node.kind) {
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'repetition':
      return printCharacterSet(node.of) + printBounds(node);
  }
}

function printCharacterSet(node: CharacterSet): string {
  switch (node.kind) {
    case 'any':
      return '.';
    case 'character':
      return printCharacter(node.code, /[\^$?[\]{}|\\*+.]/);
    case 'shorthand':
      return printShorthand(node);
    case 'class':
      return `[${node.negated ? '^' : ''}${node.members.map(printClassMember).join('')}]`;
  }
}

/** `-` and `^` are ordinary characters only at some places in a class. */
function printClassMember(member: ClassMember, index: number, members: readonly ClassMember[]): string {
  if (member.kind === 'shorthand') return printShorthand(member);
  const { from, to } = member;
  if (from === to && from === 0x2d && (index === 0 || index === members.length - 1)) return '-';
  const special = index === 0 ? /[[\]\\^-]/ : /[[\]\\-]/;
  return from === to
    ? printCharacter(from, special)
    : `${printCharacter(from, special)}-${printCharacter(to, /[[\]\\-]/)}`;
}

function printShorthand({ letter }: Shorthand): string {
  return `\\${letter}`;
}

/** The character itself, escaped if it is special, or by its code if a pattern cannot contain it. */
function printCharacter(code: number, special: RegExp): string {
  const text = String.fromCharCode(code);
  if (special.test(text)) return `\\${text}`;
  if (/[A-Za-z0-9:_#=@/;, \-^$?[\]{}|*+.]/.test(text)) return text;
  return `\\x${code.toString(16).padStart(2, '0')}`;
}

function printBounds({ min, max }: Repetition): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === max) return min === 1 ? '' : `{${min}}`;
  if (min === 0) return max === 1 ? '?' : `{,${max}}`;
  return `{${min},${max}}`;
}
