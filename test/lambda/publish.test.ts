import { expect } from 'chai';

import type { Evaluation } from '../../src/report/evaluations.ts';
import type { Publication } from '../../src/lambda/publish.ts';
import { PublishError, clearsStale, publish } from '../../src/lambda/publish.ts';
import type { StubbedConfig } from './stubs.ts';
import { errorOf, inShort, named, stubConfig } from './stubs.ts';

const account: Evaluation = {
  complianceResourceType: 'AWS::::Account',
  complianceResourceId: '111122223333',
  complianceType: 'COMPLIANT',
  annotation: 'SATISFIED: a chain holds',
};
const trailNumber = (number: number): Evaluation => ({
  ...account,
  complianceResourceType: 'AWS::CloudTrail::Trail',
  complianceResourceId: `trail-${number}`,
});
const withTrails = (count: number): Publication['evaluations'] => [
  account,
  ...Array.from({ length: count }, (_, number) => trailNumber(number)),
];
const publication = (change: Partial<Publication> = {}): Publication => ({
  evaluations: withTrails(1),
  orderedAt: '2026-11-20T12:00:00.373Z',
  resultToken: 'token',
  ruleName: 'mfa-deactivation-alarm',
  isScheduled: false,
  ...change,
});
const sizes = ({ puts }: StubbedConfig) => puts.map(({ evaluations }) => evaluations.length);
/** Refuses the first `times` calls for trails. */
const failingTrails = (times: number) => {
  let calls = 0;
  return stubConfig({
    putEvaluations: ({ evaluations }) => {
      calls += 1;
      const trails = evaluations.filter(({ complianceResourceType }) => complianceResourceType !== 'AWS::::Account');
      return Promise.resolve(calls <= times ? trails : []);
    },
  });
};

describe('a run', () => {
  const clears = (change: Partial<Publication>) => clearsStale(publication({ isScheduled: true, ...change }));

  it('clears evaluations of earlier runs if it is scheduled', () => {
    expect(clears({})).to.equal(true);
    expect(clears({ isScheduled: false })).to.equal(false);
  });

  it('clears nothing in test mode, or under a name that AWS Config cannot list', () => {
    expect(clears({ resultToken: 'TESTMODE' })).to.equal(false);
    // https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html: 1 to 64 characters.
    expect(clears({ ruleName: 'x'.repeat(64) })).to.equal(true);
    expect(clears({ ruleName: 'x'.repeat(65) })).to.equal(false);
  });
});

describe('publish', () => {
  for (const [trails, expected] of [
    [0, [1]],
    [99, [100]],
    [100, [100, 1]],
    [250, [100, 100, 51]],
  ] as const) {
    it(`sends ${trails + 1} results in batches of ${expected.join(', ')}`, async () => {
      const config = stubConfig();
      await publish(config, publication({ evaluations: withTrails(trails) }));
      expect(sizes(config)).to.deep.equal(expected);
      expect(config.puts.every(({ orderedAt, resultToken, testMode }) => orderedAt && resultToken && !testMode)).to.be
        .true;
    });
  }

  describe('results that were not taken', () => {
    it('are sent once more, and they alone', async () => {
      const config = failingTrails(1);
      const published = await publish(config, publication({ evaluations: withTrails(2), isScheduled: true }));
      expect(published.kind).to.equal('sent');
      expect(sizes(config)).to.deep.equal([3, 2]);
    });

    it('fail a scheduled run if they are not taken again, and nothing is cleared then', async () => {
      const config = failingTrails(2);
      const error = await errorOf(publish(config, publication({ isScheduled: true })));
      expect(error).to.be.instanceOf(PublishError);
      expect(error.message).to.equal('AWS Config did not accept the evaluations of AWS::CloudTrail::Trail trail-0');
      expect(config.asked).to.deep.equal([]);
    });

    it('leave the account alone on a change', async () => {
      const config = failingTrails(2);
      const published = await publish(config, publication());
      expect(published.kind).to.equal('account-only');
      expect(inShort(config.puts.at(-1)!.evaluations)).to.deep.equal([
        'AWS::::Account 111122223333 COMPLIANT SATISFIED',
      ]);
    });
  });

  describe('a refusal of other results than the account', () => {
    const refusing = (name: string) =>
      stubConfig({
        putEvaluations: ({ evaluations }) =>
          evaluations.length > 1 ? Promise.reject(named(name)) : Promise.resolve([]),
      });

    for (const name of ['InvalidParameterValueException', 'ValidationException']) {
      it(`${name} sends the account alone on a change, and logs it`, async () => {
        const config = refusing(name);
        const published = await publish(config, publication());
        expect(published.kind === 'account-only' && published.refusal).to.have.property('name', name);
        expect(sizes(config)).to.deep.equal([2, 1]);
      });
    }

    it('fails a scheduled run, which may speak for everything', async () => {
      const error = await errorOf(
        publish(refusing('InvalidParameterValueException'), publication({ isScheduled: true })),
      );
      expect(error.name).to.equal('InvalidParameterValueException');
    });

    it('is one only if AWS Config says so: a fault that may pass is thrown', async () => {
      const error = await errorOf(publish(refusing('ThrottlingException'), publication()));
      expect(error.name).to.equal('ThrottlingException');
    });

    it('of the account itself is thrown', async () => {
      const config = stubConfig({ putEvaluations: () => Promise.reject(named('InvalidParameterValueException')) });
      expect(await errorOf(publish(config, publication()))).to.have.property('name', 'InvalidParameterValueException');
    });
  });

  it('ends quietly when the rule is gone', async () => {
    const config = stubConfig({ putEvaluations: () => Promise.reject(named('NoSuchConfigRuleException')) });
    expect(await publish(config, publication())).to.deep.equal({ kind: 'rule-gone' });
  });

  it('throws when the token is not taken', async () => {
    const config = stubConfig({ putEvaluations: () => Promise.reject(named('InvalidResultTokenException')) });
    expect(await errorOf(publish(config, publication()))).to.have.property('name', 'InvalidResultTokenException');
  });

  describe('stale results', () => {
    const held = [
      { complianceResourceType: 'AWS::::Account', complianceResourceId: '111122223333' },
      { complianceResourceType: 'AWS::CloudTrail::Trail', complianceResourceId: 'trail-0' },
      { complianceResourceType: 'AWS::CloudTrail::Trail', complianceResourceId: '111122223333' },
      { complianceResourceType: 'AWS::SNS::Topic', complianceResourceId: 'trail-0' },
    ];
    const holding = () => stubConfig({ storedEvaluations: () => Promise.resolve(held) });

    it('are cleared by type and id on a scheduled run, after the new ones', async () => {
      const config = holding();
      await publish(config, publication({ isScheduled: true }));
      expect(config.puts.map(({ evaluations }) => inShort(evaluations))).to.deep.equal([
        ['AWS::::Account 111122223333 COMPLIANT SATISFIED', 'AWS::CloudTrail::Trail trail-0 COMPLIANT SATISFIED'],
        ['AWS::CloudTrail::Trail 111122223333 NOT_APPLICABLE STALE', 'AWS::SNS::Topic trail-0 NOT_APPLICABLE STALE'],
      ]);
    });

    it('are cleared with an annotation that says why, and are part of the answer', async () => {
      const published = await publish(holding(), publication({ isScheduled: true }));
      if (published.kind !== 'sent') throw new Error(published.kind);
      expect(published.notCleared).to.equal(undefined);
      expect(published.evaluations.map(({ annotation }) => annotation)).to.deep.equal([
        'SATISFIED: a chain holds',
        'SATISFIED: a chain holds',
        'STALE: the resource is gone, or this rule no longer evaluates it',
        'STALE: the resource is gone, or this rule no longer evaluates it',
      ]);
    });

    it('are cleared in batches of 100, with the token and time of the run', async () => {
      const many = Array.from({ length: 150 }, (_, number) => ({
        complianceResourceType: 'AWS::CloudTrail::Trail',
        complianceResourceId: `old-${number}`,
      }));
      const config = stubConfig({ storedEvaluations: () => Promise.resolve(many) });
      await publish(config, publication({ isScheduled: true }));
      expect(sizes(config)).to.deep.equal([2, 100, 50]);
      expect(new Set(config.puts.map(({ resultToken, orderedAt }) => `${resultToken} ${orderedAt}`))).to.deep.equal(
        new Set(['token 2026-11-20T12:00:00.373Z']),
      );
    });

    it('of a rule with a name of 64 characters are cleared: AWS Config lists by it', async () => {
      const config = holding();
      await publish(config, publication({ isScheduled: true, ruleName: 'x'.repeat(64) }));
      expect(config.asked).to.deep.equal([`storedEvaluations ${'x'.repeat(64)}`]);
      expect(sizes(config)).to.deep.equal([2, 2]);
    });

    it('of a rule with a longer name are left, and the answer says why', async () => {
      const published = await publish(holding(), publication({ isScheduled: true, ruleName: 'x'.repeat(65) }));
      expect(published).to.have.property(
        'notCleared',
        'AWS Config does not list the evaluations of a rule whose name is longer than 64 characters',
      );
    });

    it('that AWS Config refuses to clear are sent once more and then fail the run', async () => {
      const config = stubConfig({
        storedEvaluations: () => Promise.resolve(held),
        putEvaluations: ({ evaluations }) =>
          Promise.resolve(evaluations.filter(({ complianceType }) => complianceType === 'NOT_APPLICABLE')),
      });
      const error = await errorOf(publish(config, publication({ isScheduled: true })));
      expect(error.message).to.equal(
        'AWS Config did not accept the evaluations of AWS::CloudTrail::Trail 111122223333, AWS::SNS::Topic trail-0',
      );
      expect(sizes(config)).to.deep.equal([2, 2, 2]);
    });

    it('are no matter when the rule is gone in the meantime', async () => {
      const config = stubConfig({ storedEvaluations: () => Promise.reject(named('NoSuchConfigRuleException')) });
      expect(await publish(config, publication({ isScheduled: true }))).to.deep.equal({ kind: 'rule-gone' });
    });

    for (const [when, change] of [
      ['on a change', { isScheduled: false }],
      ['under the test token', { isScheduled: true, resultToken: 'TESTMODE' }],
      ['of a rule whose name cannot be listed by', { isScheduled: true, ruleName: 'x'.repeat(65) }],
    ] as const) {
      it(`stay ${when}`, async () => {
        const config = holding();
        const published = await publish(config, publication(change));
        expect(published.kind).to.equal('sent');
        expect(config.asked).to.deep.equal([]);
        expect(sizes(config)).to.deep.equal([2]);
      });
    }

    it('that cannot be listed fail the run, so that somebody hears of it', async () => {
      const config = stubConfig({ storedEvaluations: () => Promise.reject(named('AccessDeniedException')) });
      expect(await errorOf(publish(config, publication({ isScheduled: true })))).to.have.property(
        'name',
        'AccessDeniedException',
      );
    });
  });

  it('only has the results checked under the test token', async () => {
    const config = stubConfig();
    await publish(config, publication({ resultToken: 'TESTMODE' }));
    expect(config.puts.map(({ testMode }) => testMode)).to.deep.equal([true]);
  });
});
