import { expect } from 'chai';
import fc from 'fast-check';

import type { Comparison, Pattern } from '../../src/filter-pattern/index.ts';
import { matchesUnderAll, parse as parsePattern } from '../../src/filter-pattern/index.ts';
import { compare, match, parse } from '../../src/log-query/index.ts';
import { arbitraryQuery, smallWorld } from './arbitrary-query.ts';

const patternOf = (text: string): Pattern => {
  const parsed = parsePattern(text);
  if (parsed.kind !== 'parsed') throw new Error(text);
  return parsed.pattern;
};

const comparing = (query: string, required: string, premises?: string): Comparison => {
  const parsed = parse(query);
  if (parsed.kind !== 'parsed') throw new Error(query);
  return compare({
    candidate: parsed.query,
    required: patternOf(required),
    ...(premises === undefined ? {} : { premises: patternOf(premises) }),
  });
};

const MFA = '{ $.eventName = "DeactivateMFADevice" }';
const ROOT =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';

/** Pairs whose relation follows from reading them. */
const rows: readonly (readonly [query: string, required: string, relation: string])[] = [
  ['filter eventName = "DeactivateMFADevice"', MFA, 'equivalent'],
  ["fields @timestamp | filter eventName in ['DeactivateMFADevice']", MFA, 'equivalent'],
  ['filter eventName like /^DeactivateMFADevice$/', MFA, 'equivalent'],
  ['filter eventName =~ /^Deactivate(MFA|SMS)?Device$/', MFA, 'unread'],
  ['filter eventName like "DeactivateMFADevice"', MFA, 'broader'],
  ['filter @message like /DeactivateMFADevice/', MFA, 'broader'],
  ['fields @message', MFA, 'broader'],
  ['filter eventName = "DeactivateMFADevice" | filter errorCode = "AccessDenied"', MFA, 'narrower'],
  ['filter eventName = "DeactivateMFADevice" and not ispresent(errorCode)', MFA, 'narrower'],
  ['filter eventName = "deactivateMFADevice"', MFA, 'disjoint'],
  ['filter eventname = "DeactivateMFADevice"', MFA, 'overlapping'],
  ['filter eventName = "EnableMFADevice"', MFA, 'disjoint'],
  ['filter eventName = "DeactivateMFADevice" and errorCode != "AccessDenied"', MFA, 'narrower'],
  ['filter eventName = "DeactivateMFADevice" and eventName = "EnableMFADevice"', MFA, 'never'],
  // What a query makes of an eventType that is null is not documented; the pattern matches it.
  [
    'filter userIdentity.type = "Root" and ispresent(eventType) and eventType != "AwsServiceEvent"',
    '{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }',
    'undecided',
  ],
];

describe('the comparison of a query with a required pattern', () => {
  for (const [query, required, relation] of rows) {
    it(`finds ${query} ${relation} to ${required}`, () => {
      if (relation === 'unread') expect(parse(query).kind).to.equal('unread');
      else expect(comparing(query, required).relation).to.equal(relation);
    });
  }

  it('shows a record that proves it', () => {
    const { missed } = comparing('filter eventName = "DeactivateMFADevice" | filter errorCode = "AccessDenied"', MFA);
    expect(missed.kind === 'event' && JSON.parse(missed.event)).to.include({ eventName: 'DeactivateMFADevice' });
    const { extra } = comparing('filter @message like /DeactivateMFADevice/', MFA);
    expect(extra.kind === 'event' && extra.event).to.contain('"policyDocument":"DeactivateMFADevice"');
  });

  it('asks required records only for what the premises say of them', () => {
    const query = 'filter eventName = "DeactivateMFADevice" and eventSource = "iam.amazonaws.com"';
    expect(comparing(query, MFA).relation).to.equal('narrower');
    expect(comparing(query, MFA, '{ $.eventSource = "iam.amazonaws.com" }').relation).to.equal('equivalent');
  });

  it('leaves open what depends on what AWS does not document', () => {
    const query = 'filter eventName = "DeactivateMFADevice" and errorCode != "AccessDenied"';
    const { relation, reason } = comparing(query, MFA, '{ $.errorCode NOT EXISTS }');
    expect(relation).to.equal('undecided');
    expect(reason).to.match(/^AWS does not document what `!=`, .* make of a field that is missing$/);
    // Whether a field that is null is present.
    const root = 'filter userIdentity.type = "Root" and not ispresent(userIdentity.invokedBy)';
    expect(
      comparing(root, '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }').relation,
    ).to.equal('undecided');
  });

  it('leaves what no record is asked open: terms are searched in lines', () => {
    expect(comparing('filter eventName = "a"', 'DeactivateMFADevice').relation).to.equal('undecided');
  });

  it('contradicts no record of a small world', () => {
    const required = [
      MFA,
      '{ $.eventName = "*MFADevice" }',
      '{ $.errorCode = "*Denied*" }',
      '{ $.userIdentity.type = Root }',
      ROOT,
    ];
    fc.assert(
      fc.property(arbitraryQuery, fc.constantFrom(...required), (candidate, text) => {
        const pattern = patternOf(text);
        const { missed, extra, shared } = compare({ candidate, required: pattern });
        for (const event of smallWorld) {
          const counted = match(candidate, event).matches;
          const isRequired = matchesUnderAll(pattern, event).matches;
          if (isRequired === true && counted === false) expect(missed.kind, `missed ${event}`).not.to.equal('none');
          if (isRequired === false && counted === true) expect(extra.kind, `extra ${event}`).not.to.equal('none');
          if (isRequired === true && counted === true) expect(shared.kind, `shared ${event}`).not.to.equal('none');
        }
        const isRight = (event: string, wanted: boolean, counts: boolean) =>
          matchesUnderAll(pattern, event).matches === wanted && match(candidate, event).matches === counts;
        if (missed.kind === 'event') expect(isRight(missed.event, true, false)).to.equal(true);
        if (extra.kind === 'event') expect(isRight(extra.event, false, true)).to.equal(true);
        if (shared.kind === 'event') expect(isRight(shared.event, true, true)).to.equal(true);
      }),
      { numRuns: 100 },
    );
  });
});
