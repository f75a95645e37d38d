import { textMap } from '../../src/inventory/text-map.ts';

/** What is read of a schema of valibot, and of the actions in its pipe. */
interface Schema {
  readonly kind: 'schema' | 'validation' | 'metadata';
  readonly type: string;
  readonly pipe?: readonly Schema[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly value?: Schema;
  readonly wrapped?: Schema;
  readonly options?: readonly Schema[];
  readonly literal?: unknown;
  readonly description?: string;
  readonly requirement?: unknown;
}

/**
 * The JSON schema of a schema of valibot, of the kinds that this project uses.
 *
 * @throws Error for a kind that is not known here, so that nothing is left out silently
 */
export function jsonSchemaOf(schema: unknown): Readonly<Record<string, unknown>> {
  return convert(schema as Schema);
}

function convert(schema: Schema): Readonly<Record<string, unknown>> {
  if ((schema as unknown) === textMap) return { type: 'object', additionalProperties: { type: 'string' } };
  const { pipe } = schema;
  if (pipe === undefined) return convertPlain(schema);
  // A pipe of several schemas narrows: the last of them says what the value is.
  const last = pipe.filter(({ kind }) => kind === 'schema').at(-1);
  if (last === undefined) throw new Error('a pipe without a schema');
  return Object.assign(
    { ...convert(last) },
    ...pipe.map((action) => (action.kind === 'schema' ? {} : keywordOf(action))),
  ) as never;
}

function keywordOf({ type, description, requirement }: Schema): Readonly<Record<string, unknown>> {
  if (type === 'description') return { description };
  if ((type === 'regex' || type === 'iso_timestamp') && requirement instanceof RegExp)
    return { pattern: requirement.source };
  // A check of what the type of a JSON schema says already.
  if (type === 'check') return {};
  throw new Error(`no keyword of JSON schema is known for the action ${type}`);
}

function convertPlain(schema: Schema): Readonly<Record<string, unknown>> {
  const { type, item, value, wrapped, options = [], entries = {}, literal } = schema;
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type };
    case 'literal':
      return { const: literal };
    case 'array':
      return { type, items: convert(inner(item)) };
    case 'record':
      return { type: 'object', additionalProperties: convert(inner(value)) };
    case 'nullable':
      return { anyOf: [convert(inner(wrapped)), { type: 'null' }] };
    case 'variant':
      return { oneOf: options.map(convert) };
    case 'strict_object': {
      const members = Object.entries(entries);
      const required = members.filter(([, one]) => one.type !== 'exact_optional').map(([name]) => name);
      const properties = members.map(([name, one]) => [
        name,
        convert(one.type === 'exact_optional' ? inner(one.wrapped) : one),
      ]);
      return {
        type: 'object',
        additionalProperties: false,
        ...(required.length === 0 ? {} : { required }),
        properties: Object.fromEntries(properties),
      };
    }
    default:
      throw new Error(`no JSON schema is known for the type ${type}`);
  }
}

function inner(schema: Schema | undefined): Schema {
  if (schema === undefined) throw new Error('a schema without the schema in it');
  return schema;
}
