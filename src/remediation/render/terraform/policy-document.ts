import { isJsonObject, listOf, parseJson } from '../../../chain/base/json.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { list, text } from './hcl.ts';

interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly (readonly [type: string, identifiers: readonly string[]])[];
  readonly conditions: readonly (readonly [test: string, variable: string, values: readonly string[]])[];
}

/**
 * A policy as the data source that makes its JSON text. Effect and version are what it gives by default. It writes the
 * policies that our plans give new topics. Whatever else a policy can hold is refused, not lost.
 *
 * @param policy - a policy that one of our plans gives a new topic, as JSON text
 * @param references - the expressions to write in place of resources
 * @throws Error if the policy has anything that this cannot write
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(policy: string, name: string, references: ReadonlyMap<string, HclValue>): HclBlock {
  const { Version: version, Statement: statements, ...others } = objectIn(parseJson(policy));
  if (version !== '2012-10-17' || hasMembers(others)) throw new Error('the policy has what is not written');
  return {
    type: 'data',
    labels: ['aws_iam_policy_document', name],
    attributes: [],
    blocks: listOf(statements).map((statement) => statementBlock(statementIn(statement), references)),
  };
}

/** The parts of a statement, all of which are known. */
function statementIn(value: unknown): Statement {
  const { Sid, Effect, Principal, Action, Resource, Condition = {}, ...others } = objectIn(value);
  if (typeof Sid !== 'string' || Effect !== 'Allow' || hasMembers(others)) {
    throw new Error('the statement has what is not written');
  }
  return {
    sid: Sid,
    actions: textsIn(Action),
    resources: textsIn(Resource),
    principals: Object.entries(objectIn(Principal)).map(([type, identifiers]) => [type, textsIn(identifiers)]),
    conditions: Object.entries(objectIn(Condition)).flatMap(([test, tested]) =>
      Object.entries(objectIn(tested)).map(([variable, values]) => [test, variable, textsIn(values)] as const),
    ),
  };
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) throw new Error('a part of the policy is no object');
  return value;
}

function textsIn(value: unknown): readonly string[] {
  return listOf(value).map((one) => {
    if (typeof one !== 'string') throw new Error('a part of the policy is no text');
    return one;
  });
}

const hasMembers = (value: object) => Object.keys(value).length > 0;

function statementBlock(
  { sid, actions, resources, principals, conditions }: Statement,
  references: ReadonlyMap<string, HclValue>,
): HclBlock {
  const texts = (values: readonly string[]) => list(...values.map((one) => text(one)));
  return {
    type: 'statement',
    labels: [],
    attributes: [
      ['sid', text(sid)],
      ['actions', texts(actions)],
      ['resources', list(...resources.map((one) => references.get(one) ?? text(one)))],
    ],
    blocks: [
      ...principals.map(([type, identifiers]) =>
        inner('principals', [
          ['type', text(type)],
          ['identifiers', texts(identifiers)],
        ]),
      ),
      ...conditions.map(([test, variable, values]) =>
        inner('condition', [
          ['test', text(test)],
          ['variable', text(variable)],
          ['values', texts(values)],
        ]),
      ),
    ],
  };
}

function inner(type: string, attributes: HclBlock['attributes']): HclBlock {
  return { type, labels: [], attributes, blocks: [] };
}
