/**
 * A second reading of event patterns, slow and close to the words of the documentation: the event is flattened to fields,
 * and every choice of one field for each path of the pattern is tried. It shares no code with the matcher.
 */
export function slowMatch(pattern: string, event: string, absence: 'in the event' | 'in the object'): boolean {
  const fields = flattened(JSON.parse(event) as Json, '', new Map());
  return choicesOf(JSON.parse(pattern) as Json).some((leaves) => fits([...leaves], fields, new Map(), absence));
}

type Json = Readonly<Record<string, unknown>>;
type Leaves = ReadonlyMap<string, readonly unknown[]>;

/** In which element of which array a field is. */
type Membership = ReadonlyMap<unknown, number>;

interface Field {
  readonly path: string;
  readonly value: unknown;
  readonly membership: Membership;
}

function flattened(value: unknown, path: string, membership: Membership): readonly Field[] {
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) => {
      const isContainer = typeof element === 'object' && element !== null;
      return flattened(element, path, isContainer ? new Map(membership).set(value, index) : membership);
    });
  }
  if (typeof value !== 'object' || value === null) return [{ path, value, membership }];
  return Object.entries(value).flatMap(([name, inner]) =>
    flattened(inner, path === '' ? name : `${path}.${name}`, membership),
  );
}

/** What is asked of each path, once for each choice among the objects of `$or`. */
function choicesOf(pattern: Json, path = '', from: readonly Leaves[] = [new Map()]): readonly Leaves[] {
  let choices = from;
  for (const [name, inner] of Object.entries(pattern)) {
    const inside = path === '' ? name : `${path}.${name}`;
    const before = choices;
    if (name === '$or') choices = (inner as readonly Json[]).flatMap((one) => choicesOf(one, path, before));
    else if (Array.isArray(inner)) choices = before.map((leaves) => new Map(leaves).set(inside, inner as unknown[]));
    else choices = choicesOf(inner as Json, inside, before);
  }
  return choices;
}

/** Whether fields of the same elements can be chosen for all leaves. What is to be missing is looked for in the end. */
function fits(
  leaves: readonly (readonly [string, readonly unknown[]])[],
  fields: readonly Field[],
  chosen: Membership,
  absence: Parameters<typeof slowMatch>[2],
  missing: readonly string[] = [],
): boolean {
  const [leaf, ...rest] = leaves;
  if (leaf === undefined) {
    return missing.every((path) =>
      fields.every(
        (field) => field.path !== path || (absence === 'in the object' && !joined(chosen, field.membership)),
      ),
    );
  }
  const [path, tests] = leaf;
  const mayMiss = tests.some((test) => (test as Json | null)?.['exists'] === false);
  if (mayMiss && fits(rest, fields, chosen, absence, [...missing, path])) return true;
  return fields.some((field) => {
    const together = joined(chosen, field.membership);
    if (field.path !== path || together === undefined || !tests.some((test) => holds(test, field.value))) return false;
    return fits(rest, fields, together, absence, missing);
  });
}

function joined(left: Membership, right: Membership): Membership | undefined {
  for (const [array, index] of right) if (left.has(array) && left.get(array) !== index) return undefined;
  return new Map([...left, ...right]);
}

function holds(test: unknown, value: unknown): boolean {
  if (typeof test !== 'object' || test === null) return test === value;
  const [[operator, operand] = ['', undefined]] = Object.entries(test);
  switch (operator) {
    case 'exists':
      return operand === true;
    case 'anything-but':
      return isNoneOf(operand, value);
    case 'numeric':
      return typeof value === 'number' && isWithin(operand as readonly unknown[], value);
    default:
      return typeof value === 'string' && textHolds(operator, operand, value);
  }
}

function isNoneOf(operand: unknown, value: unknown): boolean {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [[operator, texts] = ['', []]] = Object.entries(operand);
    return ![texts].flat().some((text) => typeof value === 'string' && textHolds(operator, text, value));
  }
  return ![operand].flat().includes(value);
}

function isWithin([operator, bound, ...rest]: readonly unknown[], value: number): boolean {
  if (typeof bound !== 'number') return true;
  const order = {
    '=': value === bound,
    '<': value < bound,
    '<=': value <= bound,
    '>': value > bound,
    '>=': value >= bound,
  };
  return order[operator as keyof typeof order] && isWithin(rest, value);
}

function textHolds(operator: string, operand: unknown, value: string): boolean {
  if (typeof operand !== 'string') {
    const [[, text] = ['', '']] = Object.entries(operand as Json);
    return textHolds(operator, String(text).toLowerCase(), value.toLowerCase());
  }
  const text = operand;
  switch (operator) {
    case 'prefix':
      return value.startsWith(text);
    case 'suffix':
      return value.endsWith(text);
    case 'equals-ignore-case':
      return value.toLowerCase() === text.toLowerCase();
    case 'wildcard': {
      const parts = text.replace(/\\([*\\])|\*|[^]/g, (part, escaped: string | undefined) =>
        part === '*' ? '[^]*' : `\\u${(escaped ?? part).charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      return new RegExp(`^${parts}$`).test(value);
    }
    case 'cidr': {
      const [block = '', bits = '0'] = text.split('/');
      const size = 2 ** (32 - Number(bits));
      return (
        isIpv4(block) && isIpv4(value) && Math.floor(numberOf(block) / size) === Math.floor(numberOf(value) / size)
      );
    }
    default:
      throw new Error(`an operator that is not read: ${operator}`);
  }
}

function isIpv4(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(text);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
