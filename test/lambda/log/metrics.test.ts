import { expect } from 'chai';

import { handle } from '../../../src/lambda/handle.ts';
import { jsonLog } from '../../../src/lambda/log/json-log.ts';
import type { RunMetrics } from '../../../src/lambda/log/metrics.ts';
import { METRICS_NAMESPACE, metricsLine } from '../../../src/lambda/log/metrics.ts';
import { configOperations, emptyConfig } from '../../aws-responder/config.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { liveConnector } from '../../support/live-connector.ts';
import { READ_AT, denied, replacing, snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { errorOf, eventNamed, named, stubConfig, stubDependencies } from '../stubs.ts';

interface MetricsLine {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

const run: RunMetrics = {
  ruleName: 'rule',
  controlId: 'D9.AWS.MON.25',
  verdict: 'undecided',
  code: 'UNREADABLE',
  calls: 10,
  retries: 2,
  rounds: 5,
};

describe('the metrics of a run', () => {
  it('have a value for every dimension and metric that they declare', () => {
    for (const verdict of ['satisfied', 'broken', 'undecided'] as const) {
      const line = JSON.parse(metricsLine({ ...run, verdict }, 1234, new Date(READ_AT))) as MetricsLine &
        Readonly<Record<string, unknown>>;
      expect(line._aws.Timestamp).to.equal(Date.parse(READ_AT));
      for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
        expect(Namespace).to.equal(METRICS_NAMESPACE);
        for (const dimension of Dimensions.flat())
          expect(line[dimension], dimension).to.be.a('string').and.not.equal('');
        for (const { Name } of Metrics) expect(line[Name], Name).to.be.a('number');
      }
    }
  });

  it('count an undecided run under its code, and no other run under any', () => {
    const dimensionsOf = (verdict: RunMetrics['verdict']) =>
      (
        JSON.parse(metricsLine({ ...run, verdict }, 1, new Date(READ_AT))) as MetricsLine
      )._aws.CloudWatchMetrics.flatMap(({ Dimensions }) => Dimensions.map((names) => names.join(' ')));
    expect(dimensionsOf('undecided')).to.include('RuleName Code');
    expect(dimensionsOf('broken')).to.not.include('RuleName Code');
  });

  it('are taken once from every run that sends evaluations, with the code of the account', async () => {
    const taken: RunMetrics[] = [];
    const measure = (one: RunMetrics) => taken.push(one);
    const inventory = replacing(snapshotOf(soundWorld()), 'trails', 'account', denied('cloudtrail', 'DescribeTrails'));
    await handle(eventNamed('scheduled'), { ...stubDependencies(stubConfig(), inventory), measure });
    expect(taken.map(({ verdict, code }) => `${verdict} ${code}`)).to.deep.equal(['undecided UNREADABLE']);
  });

  it('are taken from no run that fails, so that silence raises the alarm', async () => {
    const taken: RunMetrics[] = [];
    const failing = stubConfig({ putEvaluations: () => Promise.reject(named('ThrottlingException')) });
    await errorOf(handle(eventNamed('scheduled'), { ...stubDependencies(failing), measure: (one) => taken.push(one) }));
    expect(taken).to.deep.equal([]);
  });

  it('count the calls and their retries', async () => {
    const responder = await startResponder(
      snapshotOf(soundWorld()),
      configOperations(emptyConfig([{ resourceId: 'main', resourceName: 'main' }])),
    );
    responder.inject('GetTrailStatus', { kind: 'error', code: 'InternalFailure', status: 500 }, 1);
    const taken: RunMetrics[] = [];
    await handle(eventNamed('scheduled'), {
      ...stubDependencies(stubConfig()),
      connect: liveConnector({ url: responder.url, now: () => new Date(READ_AT), maxAttempts: 2 }),
      measure: (one) => taken.push(one),
    });
    const requests = responder.calls.length;
    await responder.close();
    expect(taken.map(({ calls, retries }) => [calls + retries, retries])).to.deep.equal([[requests, 1]]);
  });
});

describe('the log', () => {
  it('is one JSON object in a line, whatever is in the fields', () => {
    const lines: string[] = [];
    const log = jsonLog(
      (line) => lines.push(line),
      () => new Date(READ_AT),
      { requestId: 'r', functionName: undefined },
    );
    log.warn('not checked', { note: 'two\nlines' });
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal([
      { level: 'WARN', message: 'not checked', timestamp: READ_AT, requestId: 'r', note: 'two\nlines' },
    ]);
    expect(lines[0]).to.not.contain('\n');
  });
});
