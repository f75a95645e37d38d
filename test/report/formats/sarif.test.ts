import { expect } from 'chai';
import fc from 'fast-check';

import { controlFactsOf } from '../../../src/report/control-facts.ts';
import { sarifOf } from '../../../src/report/formats/sarif.ts';
import type { Result, ResultDocument } from '../../../src/report/result.ts';
import {
  ACCOUNT,
  NOW,
  arbitraryDocument,
  documentOf,
  nasty,
  resultOf,
} from '../../support/formats/arbitrary-results.ts';
import { expectSarif } from '../../support/formats/sarif-log.ts';

/** A result whose finding is declared at a place. */
function at(place: NonNullable<Result['chains'][0]['place']>, result: Result = resultOf('a', 'broken')): Result {
  const [chain] = result.chains;
  const link = { link: 'alarm', state: 'broken', subject: 'none', place } as const;
  return { ...result, chains: [{ ...chain, place, links: [link] }] };
}

const locationOf = (result: Result) => expectSarif(sarifOf(documentOf(result))).runs[0].results[0]?.locations[0];

describe('results as a SARIF log', () => {
  it('are valid by the official schema, and a result for each account that is not satisfied', () => {
    fc.assert(
      fc.property(arbitraryDocument, (document) => {
        const [run] = expectSarif(sarifOf(document)).runs;
        const shown = document.results.filter(({ verdict }) => verdict !== 'satisfied');
        expect(run.results.map(({ kind }) => kind)).to.deep.equal(
          shown.map(({ verdict }) => (verdict === 'broken' ? 'fail' : 'open')),
        );
        expect(run.invocations[0].toolExecutionNotifications).to.have.lengthOf(document.failed.length);
      }),
      {
        numRuns: 60,
        examples: nasty.flatMap((text): [ResultDocument][] => [
          [documentOf(resultOf(text, 'broken'))],
          [documentOf(at({ address: text, file: text, line: 1 }, resultOf(text, 'undecided')))],
        ]),
      },
    );
  });

  it('point to the file and the line of a template', () => {
    expect(locationOf(at({ address: 'Alarm', file: 'deploy/a b#1.yaml', line: 12 }))).to.deep.equal({
      physicalLocation: { artifactLocation: { uri: 'deploy/a%20b%231.yaml' }, region: { startLine: 12 } },
      logicalLocations: [{ fullyQualifiedName: 'Alarm', kind: 'resource' }],
    });
  });

  for (const [file, uri] of [
    ['/tmp/a.yaml', 'file:///tmp/a.yaml'],
    ['C:\\stacks\\a.yaml', 'file:///C:/stacks/a.yaml'],
    ['stacks\\a.yaml', 'stacks/a.yaml'],
  ] as const) {
    it(`name the file ${file} as ${uri}`, () => {
      expect(locationOf(at({ address: 'A', file }))?.physicalLocation?.artifactLocation.uri).to.equal(uri);
    });
  }

  it('point to the address of a planned resource, in no file', () => {
    const address = 'module.alerts["a"].aws_sns_topic.this[0]';
    expect(locationOf(at({ address }))).to.deep.equal({
      logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
    });
  });

  it('point to the last thing that the chain of an account reached, or to the account', () => {
    const [chain] = resultOf('a', 'broken').chains;
    const trailArn = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main`;
    const reached = { ...resultOf('a', 'broken'), chains: [{ ...chain, path: { trailArn } }] } as const;
    expect(locationOf(reached)?.logicalLocations[0].fullyQualifiedName).to.equal(trailArn);
    const nothing = { ...reached, chains: [{ ...chain, path: {} }] } as const;
    expect(locationOf(nothing)?.logicalLocations[0].fullyQualifiedName).to.equal(`${ACCOUNT}/eu-west-1`);
  });

  it('name the other places of the chain', () => {
    const result = at({ address: 'Alarm', file: 't.yaml', line: 9 });
    const [chain] = result.chains;
    const trail = {
      link: 'trail',
      state: 'holds',
      subject: 'main',
      place: { address: 'Trail', file: 't.yaml', line: 2 },
    } as const;
    const [found] = expectSarif(
      sarifOf(documentOf({ ...result, chains: [{ ...chain, links: [trail, ...chain.links] }] })),
    ).runs[0].results;
    expect(found?.relatedLocations?.map(({ physicalLocation }) => physicalLocation?.region?.startLine)).to.deep.equal([
      2,
    ]);
  });

  it('mark what somebody accepts, and say what could not be evaluated', () => {
    const exception = { reason: 'moves in May', owner: 'alice', expires: '2027-05-31' };
    const [run] = expectSarif(
      sarifOf({
        ...documentOf({ ...resultOf('a', 'broken'), exception }, resultOf('b', 'broken')),
        failed: [{ name: 'c', message: 'no such file', failedAt: NOW }],
      }),
    ).runs;
    expect(run.results.map(({ suppressions }) => suppressions[0]?.justification)).to.deep.equal([
      'moves in May (alice, until 2027-05-31)',
      undefined,
    ]);
    expect(run.invocations[0].executionSuccessful).to.equal(false);
    expect(run.invocations[0].toolExecutionNotifications[0]?.message.text).to.equal(
      'c was not evaluated: no such file',
    );
  });

  it('have a rule for each control, with its severity', () => {
    const results = [resultOf('a', 'broken', 'CloudWatch.1'), resultOf('b', 'broken', 'CloudWatch.1')];
    const controls = controlFactsOf(results.map(({ control }) => control));
    const [run] = expectSarif(sarifOf({ ...documentOf(...results), controls })).runs;
    expect(run.tool.driver.rules.map(({ id, properties }) => [id, properties])).to.deep.equal([
      ['CloudWatch.1', { tags: ['security'], 'security-severity': '3.0' }],
    ]);
  });
});
