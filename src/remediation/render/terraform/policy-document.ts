import * as v from 'valibot';

import type { HclBlock, HclValue } from './hcl.ts';
import { list, text } from './hcl.ts';

const texts = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? [value] : value)),
);

/** The policies that our plans give new topics. Whatever else a policy can hold is refused, not lost. */
const policySchema = v.strictObject({
  Version: v.literal('2012-10-17'),
  Statement: v.array(
    v.strictObject({
      Sid: v.string(),
      Effect: v.literal('Allow'),
      Principal: v.record(v.string(), texts),
      Action: texts,
      Resource: texts,
      Condition: v.optional(v.record(v.string(), v.record(v.string(), texts)), {}),
    }),
  ),
});
type Statement = v.InferOutput<typeof policySchema>['Statement'][number];

/**
 * A policy as the data source that makes its JSON text. Effect and version are what it gives by default.
 *
 * @param policy - a policy that one of our plans gives a new topic, as JSON text
 * @param references - the expressions to write in place of resources
 * @throws ValiError if the policy has anything that this cannot write
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(policy: string, name: string, references: ReadonlyMap<string, HclValue>): HclBlock {
  const { Statement: statements } = v.parse(policySchema, JSON.parse(policy));
  return {
    type: 'data',
    labels: ['aws_iam_policy_document', name],
    attributes: [],
    blocks: statements.map((statement) => statementBlock(statement, references)),
  };
}

function statementBlock(statement: Statement, references: ReadonlyMap<string, HclValue>): HclBlock {
  const resources = statement.Resource.map((one) => references.get(one) ?? text(one));
  return {
    type: 'statement',
    labels: [],
    attributes: [
      ['sid', text(statement.Sid)],
      ['actions', list(...statement.Action.map((one) => text(one)))],
      ['resources', list(...resources)],
    ],
    blocks: [
      ...Object.entries(statement.Principal).map(([type, identifiers]) =>
        inner('principals', [
          ['type', text(type)],
          ['identifiers', list(...identifiers.map((one) => text(one)))],
        ]),
      ),
      ...Object.entries(statement.Condition).flatMap(([test, tested]) =>
        Object.entries(tested).map(([variable, values]) =>
          inner('condition', [
            ['test', text(test)],
            ['variable', text(variable)],
            ['values', list(...values.map((one) => text(one)))],
          ]),
        ),
      ),
    ],
  };
}

function inner(type: string, attributes: HclBlock['attributes']): HclBlock {
  return { type, labels: [], attributes, blocks: [] };
}
