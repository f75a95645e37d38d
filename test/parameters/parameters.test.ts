import { expect } from 'chai';
import fc from 'fast-check';

import { catalog } from '../../src/controls/catalog.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';
import { parameterNames } from '../../src/parameters/table.ts';
import { parametersOf } from '../support/judging.ts';

const problemsOf = (raw: unknown): readonly string[] => {
  const parsed = parseParameters(raw);
  return parsed.kind === 'invalid' ? parsed.problems : [];
};

const defaults = {
  patternMatch: 'equivalent',
  assurance: 'working',
  acceptedRoutes: ['metric-filter'],
  requireMultiRegionTrail: false,
  maxEventsToAlarm: 1,
  maxAlarmDelayMinutes: 60,
  maxDeliveryAgeHours: 24,
  subscriberProtocols: ['email', 'email-json', 'sms', 'application', 'http', 'https', 'sqs', 'lambda', 'firehose'],
  onUndecided: 'NON_COMPLIANT',
  onForeignTrail: 'NOT_APPLICABLE',
  reportTrails: true,
  assumeRoleMode: false,
  executionRoleName: undefined,
  foreignAccountRoleName: undefined,
};

describe('rule parameters', () => {
  const roleName =
    'the name of an IAM role (not its ARN), with its path if it has one; a service-linked role, such as that of the ' +
    'configuration recorder, cannot be assumed';
  for (const [claim, none] of [
    ['missing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty object', {}],
    ['an empty object as text', '{}'],
  ] as const) {
    it(`that are ${claim} are none, and the defaults hold`, () => {
      const parsed = parseParameters(none);
      expect(parsed.kind === 'parsed' && parsed.parameters.options).to.deep.equal(defaults);
      expect(parsed.kind === 'parsed' && parsed.parameters.control.id).to.equal('D9.AWS.MON.25');
    });
  }

  it('arrive as text or as themselves, and mean the same', () => {
    const texts = {
      reportTrails: 'False',
      requireMultiRegionTrail: 'TRUE',
      maxEventsToAlarm: '3',
      maxDeliveryAgeHours: '48',
    };
    const values = { reportTrails: false, requireMultiRegionTrail: true, maxEventsToAlarm: 3, maxDeliveryAgeHours: 48 };
    expect(parametersOf(texts)).to.deep.equal(parametersOf(values));
    expect(parseParameters(JSON.stringify(texts))).to.deep.equal(parseParameters(values));
    expect(parametersOf(texts).options).to.include(values);
  });

  it('that are a list may have blanks and any order, and may be a list themselves', () => {
    for (const subscriberProtocols of ['sms,email', 'email , sms', ['sms', 'email'], 'email,sms,sms']) {
      expect(parametersOf({ subscriberProtocols }).options.subscriberProtocols).to.deep.equal(['email', 'sms']);
    }
  });

  it('with an empty value are not given', () => {
    expect(parametersOf({ assurance: '', filterPattern: '', maxEventsToAlarm: '' }).options).to.deep.equal(defaults);
  });

  it('with an unknown name are refused, listing every name there is', () => {
    expect(problemsOf({ assurence: 'working' })).to.deep.equal([
      `unknown parameter \`assurence\`; allowed are ${parameterNames.join(', ')}`,
    ]);
  });

  const bad: readonly (readonly [name: string, value: unknown, allowed: string])[] = [
    ['controlId', 'CIS-1', `one of ${catalog.map(({ id }) => id).join(', ')}`],
    ['patternMatch', 'Covers', 'one of equivalent, covers'],
    ['assurance', 'maybe', 'one of working, configured'],
    ['requireMultiRegionTrail', 'yes', 'true or false'],
    ['maxEventsToAlarm', '0', 'a whole number from 1 to 1000'],
    ['maxEventsToAlarm', '1.5', 'a whole number from 1 to 1000'],
    ['maxEventsToAlarm', true, 'a whole number from 1 to 1000'],
    ['maxAlarmDelayMinutes', '-5', 'a whole number from 1 to 10080'],
    ['maxDeliveryAgeHours', '1e3', 'a whole number from 1 to 8784'],
    ['onUndecided', 'COMPLIANT', 'one of NON_COMPLIANT, NOT_APPLICABLE'],
    ['onForeignTrail', 'COMPLIANT', 'one of NOT_APPLICABLE, NON_COMPLIANT'],
    ['reportTrails', 1, 'true or false'],
    ['ExecutionRoleName', '*', roleName],
    ['ExecutionRoleName', 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', roleName],
    ['foreignAccountRoleName', 'arn:aws:iam::111122223333:role/x', roleName],
    ['subscriberProtocols', 'email,fax', `a list, separated by commas, of ${defaults.subscriberProtocols.join(', ')}`],
    ['subscriberProtocols', ',', `a list, separated by commas, of ${defaults.subscriberProtocols.join(', ')}`],
    ['subscriberProtocols', [], `a list, separated by commas, of ${defaults.subscriberProtocols.join(', ')}`],
    ['subscriberProtocols', true, `a list, separated by commas, of ${defaults.subscriberProtocols.join(', ')}`],
    ['filterPattern', 7, 'a filter pattern'],
    ['premises', false, 'a JSON filter pattern'],
  ];
  for (const [name, value, allowed] of bad) {
    it(`\`${name}\` cannot be ${JSON.stringify(value)}, and what is allowed is said`, () => {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      expect(problemsOf({ [name]: value })).to.deep.equal([`\`${name}\` is \`${shown}\`; allowed is ${allowed}`]);
    });
  }

  it('are refused all at once', () => {
    expect(problemsOf({ assurance: 'x', reportTrails: 'x', nonsense: 'x' })).to.have.lengthOf(3);
  });

  it('that are not one JSON object are refused', () => {
    expect(problemsOf('{')).to.deep.equal(['the rule parameters are not JSON: `{`']);
    expect(problemsOf([])).to.deep.equal(['the rule parameters must be one JSON object of names and values, not `[]`']);
    expect(problemsOf('7')).to.deep.equal(['the rule parameters must be one JSON object of names and values, not `7`']);
  });

  it("may name a pattern of one's own, of management events if nothing else is said", () => {
    const { control } = parametersOf({ filterPattern: '{ $.eventName = StopLogging }' });
    expect(control).to.include({ id: 'custom', filterPattern: '{ $.eventName = StopLogging }', recordedIn: 'unknown' });
    expect(control.premises).to.equal('{ $.eventCategory = "Management" && $.managementEvent IS TRUE }');
    const premises = '{ $.eventCategory = "Data" }';
    expect(parametersOf({ filterPattern: '{ $.eventName = GetObject }', premises }).control.premises).to.equal(
      premises,
    );
  });

  for (const [claim, premises, problem] of [
    ['no pattern', '{ $.a = }', '`premises` is not a filter pattern: '],
    ['terms', 'ERROR', '`premises` must be a JSON filter pattern'],
    ['a contradiction', '{ $.a = b && $.a = c }', '`premises` contradict themselves'],
    ['what contradicts the pattern', '{ $.eventName = StartLogging }', '`premises` contradict `filterPattern`'],
  ] as const) {
    it(`with premises that are ${claim} are refused`, () => {
      const [found, ...others] = problemsOf({ filterPattern: '{ $.eventName = StopLogging }', premises });
      expect(found?.startsWith(problem), found).to.equal(true);
      expect(others).to.deep.equal([]);
    });
  }

  it('with premises for a control of the catalog, which has its own, are refused', () => {
    expect(problemsOf({ premises: '{ $.readOnly IS FALSE }' })[0]).to.match(/^`premises` is given without/);
  });

  it('with a pattern that is none are refused, saying where it goes wrong', () => {
    expect(problemsOf({ filterPattern: '{ $.eventName = }' })).to.have.lengthOf(1);
    expect(problemsOf({ filterPattern: '{ $.eventName = }' })[0]).to.match(
      /^`filterPattern` is not a pattern to compare with: /,
    );
  });

  it('with a pattern that no event can match are refused', () => {
    expect(problemsOf({ filterPattern: '{ $.eventName = A && $.eventName = B }' })).to.deep.equal([
      '`filterPattern` contradicts itself: no event can match it',
    ]);
  });

  it('that ask for AssumeRoleMode need a role, since the service-linked role of AWS Config cannot be assumed', () => {
    expect(problemsOf({ AssumeRoleMode: 'true' })[0]).to.contain('`ExecutionRoleName` is not given');
    expect(parametersOf({ AssumeRoleMode: 'true', ExecutionRoleName: 'audit/reader' }).options).to.include({
      assumeRoleMode: true,
      executionRoleName: 'audit/reader',
    });
  });

  it('never make anything but parameters or problems of what comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.json(), fc.dictionary(fc.constantFrom(...parameterNames), fc.anything())),
        (raw) => {
          const parsed = parseParameters(raw);
          if (parsed.kind === 'invalid') expect(parsed.problems).not.to.be.empty;
        },
      ),
      // A value that cannot be made a text of.
      { examples: [[{ AssumeRoleMode: [{ toString: '' }] }]] },
    );
  });
});
