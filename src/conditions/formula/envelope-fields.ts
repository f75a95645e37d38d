import type { Constraint } from './path-trie.ts';
import { type KindSet, kindSet, ofKinds } from './predicate.ts';

/** The field of the envelope that holds the record of CloudTrail. */
export const RECORD_FIELD = 'detail';

/**
 * The fields that every event of EventBridge has, with the type of each and texts to try first.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
const ENVELOPE_FIELDS: ReadonlyMap<string, { readonly kinds: KindSet; readonly likely: readonly string[] }> = new Map(
  [
    ['version', kindSet('string'), ['0']] as const,
    ['id', kindSet('string'), ['7bf73129-1428-4cd3-a780-95db273d1602']] as const,
    [
      'detail-type',
      kindSet('string'),
      [
        'AWS API Call via CloudTrail',
        'AWS Console Sign In via CloudTrail',
        'AWS Service Event via CloudTrail',
        'EC2 Instance State-change Notification',
      ],
    ] as const,
    ['source', kindSet('string'), ['aws.iam', 'aws.s3', 'aws.ec2', 'aws.signin']] as const,
    ['account', kindSet('string'), ['111122223333', '444455556666']] as const,
    ['time', kindSet('string'), ['2026-01-31T12:00:00Z', '2026-01-31T13:00:00Z']] as const,
    ['region', kindSet('string'), ['us-east-1', 'eu-west-1']] as const,
    ['resources', kindSet('array'), []] as const,
    [RECORD_FIELD, kindSet('object'), []] as const,
  ].map(([name, kinds, likely]) => [name, { kinds, likely }] as const),
);

export function isEnvelopeField(name: string): boolean {
  return ENVELOPE_FIELDS.has(name);
}

/** Texts that EventBridge may write in a field of this name; undefined if the envelope has no such field. */
export function likelyEnvelopeTexts(name: string): readonly string[] | undefined {
  return ENVELOPE_FIELDS.get(name)?.likely;
}

/** That every field of the envelope is there, and of its type. */
export function envelopeConstraints(): readonly Constraint[] {
  const fields = [...ENVELOPE_FIELDS].map(([name, { kinds }]): Constraint => {
    return { kind: 'at', path: [{ kind: 'field', name }], predicate: ofKinds(kinds) };
  });
  const resource: Constraint = {
    kind: 'need',
    path: [{ kind: 'field', name: 'resources' }],
    need: { of: 'every', step: 'any-element', rest: [], predicate: ofKinds(kindSet('string')) },
  };
  return [...fields, resource];
}
