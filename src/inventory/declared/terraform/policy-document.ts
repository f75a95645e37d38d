import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import type { referenceResolver } from './references.ts';
import type { PlannedResource } from './resources.ts';

type Block = Readonly<Record<string, unknown>>;

/**
 * The JSON of an `aws_iam_policy_document` that Terraform can write only when it applies, put together from its
 * statements, with references to other resources resolved.
 *
 * @returns not known where a part of it is not, or where it merges other documents
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentOf(
  document: PlannedResource,
  resolver: ReturnType<typeof referenceResolver>,
): Maybe<string> {
  const { values, address } = document;
  const merged = ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json'];
  if (merged.some((name) => isFilled(values[name]))) return unknown(`${address} merges other documents`);
  const blocks = (values['statement'] ?? []) as Maybe<readonly Block[]>;
  if (isUnknown(blocks)) return blocks;
  const statements = blocks.map((block, at) =>
    statementOf(block, (attribute) => resolver.resolveList(document, 'statement', at, attribute).flat()),
  );
  const doubt = firstUnknown(statements);
  return doubt ?? JSON.stringify({ Version: values['version'] ?? '2012-10-17', Statement: statements });
}

function statementOf(block: Block, resolveList: (attribute: string) => readonly unknown[]): Block {
  const list = (attribute: string): unknown => {
    const value = block[attribute];
    if (!isFilled(value)) return undefined;
    const members = isUnknown(value) ? [value] : (value as readonly unknown[]);
    const open = members.filter(isUnknown);
    if (open.length === 0) return members;
    const resolved = resolveList(attribute);
    return resolved.length === open.length || isUnknown(value)
      ? [...members.filter((one) => !isUnknown(one)), ...resolved]
      : open[0];
  };
  const statement = {
    Sid: block['sid'] ?? undefined,
    Effect: block['effect'] ?? 'Allow',
    Action: list('actions'),
    NotAction: list('not_actions'),
    Resource: list('resources'),
    NotResource: list('not_resources'),
    Principal: principalsOf(block['principals']),
    NotPrincipal: principalsOf(block['not_principals']),
    Condition: conditionsOf(block['condition']),
  };
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
}

function principalsOf(value: unknown): unknown {
  if (isUnknown(value)) return value;
  if (!isFilled(value)) return undefined;
  const blocks = value as readonly Block[];
  if (blocks.length === 1 && blocks[0]?.['type'] === '*') return '*';
  const byType = new Map<string, unknown[]>();
  for (const { type, identifiers } of blocks) {
    byType.set(String(type), [
      ...(byType.get(String(type)) ?? []),
      ...(Array.isArray(identifiers) ? (identifiers as unknown[]) : [identifiers]),
    ]);
  }
  return Object.fromEntries(byType);
}

function conditionsOf(value: unknown): unknown {
  if (!isFilled(value)) return undefined;
  if (isUnknown(value)) return value;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of value as readonly Block[]) {
    (conditions[String(test)] ??= {})[String(variable)] = values;
  }
  return conditions;
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}
