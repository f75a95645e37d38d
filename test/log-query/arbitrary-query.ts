import fc from 'fast-check';

import type { LogQuery, QueryExpression, QueryField } from '../../src/log-query/index.ts';

const field: fc.Arbitrary<QueryField> = fc.constantFrom<QueryField>(
  { kind: 'field', names: ['eventName'] },
  { kind: 'field', names: ['eventName'] },
  { kind: 'field', names: ['userIdentity', 'type'] },
  { kind: 'field', names: ['errorCode'] },
  { kind: 'field', names: ['requestParameters', 'list', '0'] },
);
const texts = ['DeactivateMFADevice', 'EnableMFADevice', 'Root', 'IAMUser', 'AccessDenied', 'one'] as const;
const whole = fc.constantFrom(...texts).map((text) => ({ text, start: true, end: true, ignoreCase: false }));
const part = fc
  .tuple(fc.constantFrom(...texts, 'MFA', 'Device', 'Denied', 'o'), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([text, start, end, ignoreCase]) => ({ text, start, end, ignoreCase }));

const condition: fc.Arbitrary<QueryExpression> = fc.oneof(
  fc.record({ kind: fc.constant('present' as const), field }),
  fc.record({
    kind: fc.constant('texts' as const),
    operator: fc.constant('=' as const),
    wanted: fc.boolean(),
    field,
    tests: fc.tuple(whole),
  }),
  fc.record({
    kind: fc.constant('texts' as const),
    operator: fc.constant('in' as const),
    wanted: fc.boolean(),
    field,
    tests: fc.array(whole, { minLength: 1, maxLength: 3 }),
  }),
  fc
    .record({
      kind: fc.constant('texts' as const),
      operator: fc.constant('like' as const),
      wanted: fc.boolean(),
      field,
      tests: fc.array(part, { minLength: 1, maxLength: 2 }),
    })
    .map((one) => {
      // One regular expression is case-sensitive as a whole, or not.
      const ignoreCase = one.tests[0]?.ignoreCase ?? false;
      return { ...one, tests: one.tests.map((test) => ({ ...test, ignoreCase })) };
    }),
  fc.record({
    kind: fc.constant('texts' as const),
    operator: fc.constant('like' as const),
    wanted: fc.boolean(),
    field: fc.constant({ kind: 'message' as const }),
    tests: fc
      .constantFrom(...texts, 'MFA')
      .map((text) => [{ text, start: false, end: false, ignoreCase: false }] as const),
  }),
);

export const arbitraryExpression = fc.letrec<{ one: QueryExpression }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('one'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('one') }),
  ),
})).one;

export const arbitraryQuery: fc.Arbitrary<LogQuery> = fc
  .array(arbitraryExpression, { maxLength: 2 })
  .map((filters) => ({ filters }));

const MISSING = Symbol('missing');
const eventNames = [MISSING, null, 'DeactivateMFADevice', 'EnableMFADevice', 'deactivatemfadevice', 'Other'];
const types = [MISSING, null, 'Root', 'IAMUser', true, 1, {}];
const errorCodes = [MISSING, null, 'AccessDenied', 'DeniedOther'];
const lists = [MISSING, [], ['one'], ['two', 'one'], 'one'];

/** Every record of a small world, as JSON text. */
export const smallWorld: readonly string[] = eventNames.flatMap((eventName) =>
  types.flatMap((type) =>
    errorCodes.flatMap((errorCode) =>
      lists.map((list) =>
        JSON.stringify(
          without({
            eventName,
            userIdentity: without({ type }),
            errorCode,
            requestParameters: without({ list }),
          }),
        ),
      ),
    ),
  ),
);

function without(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== MISSING));
}

export const arbitraryEvent = fc.constantFrom(...smallWorld);
