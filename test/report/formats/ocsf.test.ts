import { spawnSync } from 'node:child_process';

import { expect } from 'chai';
import fc from 'fast-check';

import { catalog } from '../../../src/controls/catalog.ts';
import { controlFactsOf } from '../../../src/report/control-facts.ts';
import { ocsfOf } from '../../../src/report/formats/ocsf.ts';
import type { Result, ResultDocument } from '../../../src/report/result.ts';
import {
  ACCOUNT,
  NOW,
  arbitraryDocument,
  documentOf,
  factsWith,
  nasty,
  resultOf,
} from '../../support/formats/arbitrary-results.ts';

/** Runs the validator on findings, a line each. Returns its exit code and the faults that it names. */
function validate(lines: string): readonly [status: number | null, faults: string] {
  const { status, stdout, stderr } = spawnSync('python3', ['test/report/formats/validate-ocsf.py'], {
    input: lines,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return [status, `${stdout}${stderr}`];
}

interface Finding {
  readonly severity_id: number;
  readonly status: string;
  readonly comment?: string;
  readonly compliance: Readonly<Record<string, unknown>>;
  readonly cloud: object;
  readonly remediation?: { readonly desc: string };
  readonly resources: readonly Readonly<Record<string, string>>[];
  readonly evidences: readonly { readonly name: string; readonly data: object }[];
}

const findingsOf = (document: ResultDocument): readonly Finding[] =>
  ocsfOf(document)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Finding);

describe('results as OCSF findings', () => {
  const ofRoot = (verdict: Result['verdict']) => resultOf('a', verdict, 'CloudWatch.1');
  const document = (...results: readonly Result[]): ResultDocument => ({
    ...documentOf(...results),
    toolVersion: '1.2.3',
    controls: controlFactsOf(results.map(({ control }) => control)),
  });

  const answers = [
    ['satisfied', 1, 1],
    ['undecided', 2, 2],
    ['broken', 3, 2],
  ] as const;
  for (const [verdict, statusId, severityId] of answers) {
    it(`have the compliance status ${statusId} and the severity ${severityId} for an account that is ${verdict}`, () => {
      const [finding] = findingsOf(document(ofRoot(verdict)));
      expect(finding?.compliance['status_id']).to.equal(statusId);
      expect(finding?.severity_id).to.equal(severityId);
    });
  }

  it('name the control, its standards and its numbers in them', () => {
    const [finding] = findingsOf(document(ofRoot('broken')));
    expect(finding?.compliance).to.include({ control: 'CloudWatch.1', status_code: 'NO_ALARM' });
    expect(finding?.compliance['standards']).to.include('PCI DSS v3.2.1');
    expect(finding?.compliance['requirements']).to.include('CIS AWS Foundations Benchmark v1.2.0 3.3');
    expect(finding?.compliance['checks']).to.deep.include({
      uid: '7.2.1',
      standards: ['PCI DSS v3.2.1'],
      status_id: 3,
      status: 'Fail',
    });
  });

  it("have an unknown severity, and name no standard, for a filter pattern of one's own", () => {
    const [finding] = findingsOf(document(resultOf('mine', 'broken')));
    expect(finding?.severity_id).to.equal(0);
    expect(finding?.compliance).not.to.have.any.keys('standards', 'requirements', 'checks', 'category');
  });

  it('name the account, the region, what the chain runs through, and the fix', () => {
    const base = ofRoot('broken');
    const path = {
      trailArn: `arn:aws-cn:cloudtrail:cn-north-1:${ACCOUNT}:trail/main`,
      filterName: 'root usage',
      childAlarmArn: `arn:aws-cn:cloudwatch:cn-north-1:${ACCOUNT}:alarm:child`,
      alarmArn: `arn:aws-cn:cloudwatch:cn-north-1:${ACCOUNT}:alarm:both`,
    };
    const [finding] = findingsOf(document({ ...base, chains: [{ ...base.chains[0], path }] }));
    expect(finding?.cloud).to.deep.include({ provider: 'AWS', region: 'eu-west-1' });
    expect(finding?.remediation?.desc).to.equal('A.');
    expect(finding?.resources.map(({ type, name, cloud_partition }) => [type, name, cloud_partition])).to.deep.equal([
      ['AWS::::Account', 'a', undefined],
      ['AWS::CloudTrail::Trail', 'main', 'aws-cn'],
      ['AWS::Logs::MetricFilter', 'root usage', undefined],
      ['AWS::CloudWatch::Alarm', 'child', 'aws-cn'],
      ['AWS::CloudWatch::CompositeAlarm', 'both', 'aws-cn'],
    ]);
  });

  it('say that a finding is suppressed where an exception accepts it, and leave its compliance status', () => {
    const exception = { reason: 'test account', owner: 'Ana', expires: '2027-03-31' };
    const [finding] = findingsOf(document({ ...ofRoot('broken'), exception }));
    expect(finding).to.include({ status: 'Suppressed', comment: 'Accepted by Ana until 2027-03-31: test account' });
    expect(finding?.compliance['status']).to.equal('Fail');
  });

  it('have the example event as data', () => {
    const base = ofRoot('broken');
    const [chain] = base.chains;
    const finding = { ...chain.finding!, event: '{"eventName":"DeactivateMFADevice"}' };
    const [found] = findingsOf(document({ ...base, chains: [{ ...chain, finding }] }));
    expect(found?.evidences).to.deep.include({
      name: 'example event',
      data: { eventName: 'DeactivateMFADevice' },
    });
  });

  it('are there for an account that could not be evaluated, with a warning', () => {
    const failed = [{ name: 'audit', message: 'access denied', failedAt: NOW }];
    const [finding] = findingsOf({ ...documentOf(), failed });
    expect(finding?.compliance).to.include({ status: 'Warning', status_code: 'NOT_EVALUATED' });
    expect(finding?.resources).to.deep.equal([{ name: 'audit', type: 'AWS::::Account' }]);
  });

  describe('held to foreign models', function () {
    this.timeout(60_000);
    if (spawnSync('python3', ['-c', 'import py_ocsf_models, ocsf_json_schema, jsonschema']).status !== 0) {
      it('need the models of .ci/requirements.txt on the path: PATH="$(.ci/python.sh):$PATH"');
      return;
    }

    it('are valid, whatever things are called', () => {
      const named = nasty.map((text): ResultDocument => ({
        ...documentOf(resultOf(text, 'broken'), resultOf(text, 'satisfied', 'CloudWatch.6')),
        controls: [factsWith(text), { ...factsWith(text), id: 'CloudWatch.6' }],
        failed: [{ name: text, message: text, failedAt: NOW }],
      }));
      const lines = [...named, ...fc.sample(arbitraryDocument, { numRuns: 200, seed: 7 })].map(ocsfOf).join('');
      expect(lines.split('\n').length).to.be.greaterThan(300);
      expect(validate(lines)).to.deep.equal([0, '']);
    });

    it('are valid for every control of the catalog and every verdict', () => {
      const controls = [...catalog.map(({ id }) => id), 'custom'];
      const results = controls.flatMap((id) => answers.map(([verdict]) => resultOf('{"a":1}', verdict, id)));
      const exception = { reason: 'r', owner: 'o', expires: '2027-03-31' };
      const excepted = results.map((result): Result => ({
        ...result,
        exception,
        parameters: { assurance: 'working' },
      }));
      expect(validate(ocsfOf(document(...results, ...excepted)))).to.deep.equal([0, '']);
    });

    const good = () => ocsfOf(document(ofRoot('broken')));
    const wrong: readonly (readonly [what: string, change: (line: string) => string])[] = [
      ['a status that there is not', (line) => line.replace('"status_id":3', '"status_id":7')],
      ['a field that there is not', (line) => line.replace('"cloud":{', '"cloud":{"colour":"red",')],
      ['no provider', (line) => line.replace('"provider":"AWS",', '')],
      ['no time', (line) => line.replace(/"time":\d+,/, '')],
      ['half a character', (line) => line.replace('"Fail"', '"\\ud800"')],
      ['no JSON', (line) => line.replace('}', '')],
    ];
    for (const [what, change] of wrong) {
      it(`are not valid with ${what}`, () => {
        const changed = change(good());
        expect(changed).not.to.equal(good());
        const [status, faults] = validate(changed);
        expect(status).to.equal(1);
        expect(faults).to.match(/^line 1: /);
      });
    }
  });
});
