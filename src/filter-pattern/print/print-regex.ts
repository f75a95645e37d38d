import type { CharacterSet, ClassMember, Regex, RegexItem, Repetition, Shorthand } from '../syntax/regex.ts';

/** Canonical text between `%` signs, never longer than what was parsed. */
export function printRegex({ alternatives }: Regex): string {
  return `%${alternatives.map((sequence) => sequence.map(item).join('')).join('|')}%`;
}

function item(node: RegexItem): string {
  switch (node.kind) {
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'repetition':
      return characterSet(node.of) + bounds(node);
  }
}

function characterSet(node: CharacterSet): string {
  switch (node.kind) {
    case 'any':
      return '.';
    case 'character':
      return character(node.code, /[\^$?[\]{}|\\*+.]/);
    case 'shorthand':
      return shorthand(node);
    case 'class':
      return `[${node.negated ? '^' : ''}${node.members.map(classMember).join('')}]`;
  }
}

/** `-` and `^` stand for themselves only at some places in a class. */
function classMember(member: ClassMember, index: number, members: readonly ClassMember[]): string {
  if (member.kind === 'shorthand') return shorthand(member);
  const { from, to } = member;
  if (from === to && from === 0x2d && (index === 0 || index === members.length - 1)) return '-';
  const special = index === 0 ? /[[\]\\^-]/ : /[[\]\\-]/;
  return from === to ? character(from, special) : `${character(from, special)}-${character(to, /[[\]\\-]/)}`;
}

function shorthand({ letter }: Shorthand): string {
  return `\\${letter}`;
}

/** The character itself, escaped if it is special, or by its code if it may not stand in a pattern. */
function character(code: number, special: RegExp): string {
  const text = String.fromCharCode(code);
  if (special.test(text)) return `\\${text}`;
  if (/[A-Za-z0-9:_#=@/;, \-^$?[\]{}|*+.]/.test(text)) return text;
  return `\\x${code.toString(16).padStart(2, '0')}`;
}

function bounds({ min, max }: Repetition): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === max) return min === 1 ? '' : `{${min}}`;
  if (min === 0) return max === 1 ? '?' : `{,${max}}`;
  return `{${min},${max}}`;
}
