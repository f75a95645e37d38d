import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { listingText } from '../../../src/cli/pattern/ambiguities.ts';
import { patternCommand } from '../../../src/cli/pattern/pattern.ts';
import type { PatternTester } from '../../../src/cli/pattern/probe-ambiguities.ts';
import { probeExamples } from '../../../src/cli/pattern/probe-examples.ts';
import type { Interpretations } from '../../../src/filter-pattern/index.ts';
import { AMBIGUITIES, LIKELY_INTERPRETATIONS, readSettlements } from '../../../src/filter-pattern/index.ts';
import { type Responder, startResponder } from '../../aws-responder/responder.ts';
import { testMetricFilterAs } from '../../aws-responder/test-metric-filter.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { runIn } from '../run.ts';

/** The last interpretation of every ambiguity, which is never the likely one. */
const UNLIKELY = Object.fromEntries(
  Object.entries(AMBIGUITIES).map(([ambiguity, { interpretations }]) => [ambiguity, interpretations.at(-1)]),
) as Interpretations;

const run = (args: readonly string[]) => runIn({}, patternCommand, args);

describe('pattern probe', () => {
  let folder: string;
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION } = process.env;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'probe-'));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
    delete process.env['AWS_REGION'];
  });
  after(async () => {
    for (const [name, value] of Object.entries({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true });
  });

  /** Asks a responder that reads the ambiguities so. */
  async function probe(
    interpretation: Interpretations,
    more: readonly string[] = [],
    {
      refused = [],
      prepare = () => undefined,
    }: { refused?: readonly string[]; prepare?: (responder: Responder) => void } = {},
  ) {
    const responder = await startResponder(snapshotOf(soundWorld()), {
      TestMetricFilter: testMetricFilterAs(interpretation, refused),
    });
    prepare(responder);
    try {
      return await run(['probe', '--region', 'eu-west-1', '--endpoint-url', responder.url, ...more]);
    } finally {
      await responder.close();
    }
  }

  for (const [name, interpretation] of [
    ['the likely interpretations', LIKELY_INTERPRETATIONS],
    ['the last ones', UNLIKELY],
  ] as const) {
    it(`finds out over HTTP that AWS follows ${name}`, async () => {
      const { code, out, err } = await probe(interpretation, ['--format', 'json']);
      const { ambiguities } = JSON.parse(out) as { ambiguities: readonly { ambiguity: string; follows: string }[] };
      expect(Object.fromEntries(ambiguities.map(({ ambiguity, follows }) => [ambiguity, follows]))).to.deep.equal(
        interpretation,
      );
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    });
  }

  it('saves the interpretations with the day and what was asked, whole or not at all', async () => {
    const file = join(folder, 'settled.json');
    const { err } = await probe(UNLIKELY, ['--save', file]);
    const settled = readSettlements(JSON.parse(await readFile(file, 'utf8')));
    expect(Object.keys(settled)).to.have.members(Object.keys(AMBIGUITIES));
    expect(settled.innerStar).to.include({ interpretation: UNLIKELY.innerStar, by: 'TestMetricFilter in eu-west-1' });
    expect(settled.innerStar?.date).to.match(/^\d{4}-\d\d-\d\d$/);
    expect(await readdir(folder)).to.deep.equal(['settled.json']);
    expect(err).to.contain(file);
  });

  it('leaves an ambiguity open when AWS refuses a pattern, and shows what was asked', async () => {
    const file = join(folder, 'some.json');
    const { code, out } = await probe(LIKELY_INTERPRETATIONS, ['--save', file], { refused: ['{ $.a = "x*z" }'] });
    expect(code).to.equal(3);
    expect(out).to.match(/^innerStar +none of glob, literal, leftmost: /m);
    expect(out).to.contain('{ $.a = "x*z" } on {"a":"xyz"}: refused: Invalid metric filter pattern\n');
    expect(out).to.match(/^brokenStep +absent: /m);
    expect(readSettlements(JSON.parse(await readFile(file, 'utf8')))).to.not.have.property('innerStar');
  });

  it('could not run when AWS may not be asked, and saves nothing', async () => {
    const file = join(folder, 'none.json');
    const prepare = ({ inject }: Responder) => {
      inject('TestMetricFilter', { kind: 'error', code: 'AccessDeniedException' });
    };
    const { code, err } = await probe(LIKELY_INTERPRETATIONS, ['--save', file], { prepare });
    expect(code).to.equal(1);
    expect(err).to.match(
      /^error: CloudWatch Logs TestMetricFilter in region [a-z0-9-]+ failed with AccessDeniedException/,
    );
    expect(await readdir(folder)).to.not.include('none.json');
  });

  for (const [claim, args] of [
    ['needs a region', []],
    ['takes a candidate and a required pattern together', ['--region', 'r', '--candidate', 'a']],
    ['saves no events of a comparison', ['--region', 'r', '--candidate', 'a', '--required', 'a', '--save', 'f']],
  ] as const) {
    it(claim, async () => {
      const { code, err, out } = await run(['probe', ...args]);
      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(/^error: /);
    });
  }

  it('says whether AWS agrees with the events of a comparison', async () => {
    const tester: PatternTester = (pattern) =>
      Promise.resolve(
        pattern === 'refused' ? { kind: 'refused', message: 'no' } : { kind: 'answered', matches: [pattern === 'yes'] },
      );
    const none = { kind: 'none' } as const;
    const missed = { kind: 'event', event: '{}' } as const;
    const comparison = { relation: 'narrower', missed, extra: none, shared: none } as const;
    const agreement = async (candidate: string, required: string) =>
      (await probeExamples(tester, comparison, { candidate, required })).map(
        ({ claimed, answer }) => answer === claimed,
      );
    expect(await agreement('no', 'yes')).to.deep.equal([true, true]);
    expect(await agreement('yes', 'yes')).to.deep.equal([false, true]);
    expect(await agreement('no', 'refused')).to.deep.equal([true, false]);
  });
});

describe('pattern ambiguities', () => {
  it('lists every ambiguity with its sources, open until AWS was asked', async () => {
    const { out } = await run(['ambiguities', '--format', 'json']);
    const rows = JSON.parse(out) as readonly { ambiguity: string; sources: readonly string[]; settled: unknown }[];
    expect(rows.map(({ ambiguity }) => ambiguity)).to.deep.equal(Object.keys(AMBIGUITIES));
    expect(rows.every(({ sources }) => sources.length > 0)).to.equal(true);
  });

  it('says when and by what an ambiguity was settled', () => {
    const settlement = { interpretation: 'glob', date: '2026-11-24', by: 'TestMetricFilter in eu-west-1' };
    const text = listingText({ innerStar: settlement });
    expect(text).to.contain('  settled: glob, on 2026-11-24, by TestMetricFilter in eu-west-1\n');
    expect(text).to.contain('  open: absent, void\n');
  });
});
