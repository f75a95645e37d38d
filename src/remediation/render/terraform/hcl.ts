/** A value of the Terraform language, ready to be written. */
export interface HclValue {
  readonly written: string;
}

/**
 * A text as a quoted template without any interpolation: `${` and `%{` are doubled, control characters spelled out.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function text(value: string): HclValue {
  const escaped = Array.from(value)
    .map((char) => escapes[char] ?? (isMark(char) ? spelledOut(char) : char))
    .join('')
    .replaceAll(/([$%])\{/g, '$1$1{');
  return { written: `"${escaped}"` };
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Control characters, line breaks, and invisible marks such as those that turn the direction of writing. */
function isMark(char: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(char);
}

function spelledOut(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** A text, and the value of an expression after it. */
export const textThen = (value: string, after: string): HclValue => ({
  written: `${text(value).written.slice(0, -1)}\${${after}}"`,
});

/** An expression, such as a reference to another resource. */
export const expression = (written: string): HclValue => ({ written });

export const number = (value: number): HclValue => ({ written: String(value) });

export const list = (...values: readonly HclValue[]): HclValue => ({
  written: `[${values.map(({ written }) => written).join(', ')}]`,
});

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly (readonly [name: string, value: HclValue])[];
  readonly blocks: readonly HclBlock[];
}

/** A block as `terraform fmt` writes it: two spaces, equals signs in one column, nested blocks apart. */
export function block({ type, labels, attributes, blocks }: HclBlock, indent = ''): string {
  const inner = `${indent}  `;
  const width = Math.max(0, ...attributes.map(([name]) => name.length));
  const lines = attributes.map(([name, { written }]) => `${inner}${name.padEnd(width)} = ${written}`);
  const nested = blocks.map((one) => block(one, inner));
  const body = [...(lines.length > 0 ? [lines.join('\n')] : []), ...nested].join('\n\n');
  const head = [type, ...labels.map((label) => `"${label}"`)].join(' ');
  if (body === '') return `${indent}${head} {}`;
  return `${indent}${head} {\n${body}\n${indent}}`;
}
