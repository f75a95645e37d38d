import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import { parseSnapshot, snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { codeOf, parametersOf } from '../support/judging.ts';

/** An account as it may be, what is asked of it, and the verdicts that are right. */
interface VerdictCase {
  readonly id: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly right: readonly string[];
  /** A snapshot. */
  readonly inventory: unknown;
}

const path = new URL('data/verdict-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly VerdictCase[];

describe('of accounts as they are', () => {
  for (const { id, title, parameters, right, inventory } of cases) {
    it(`${title} (${id})`, async () => {
      const reader = snapshotReader(parseSnapshot(JSON.stringify(inventory)));
      const { verdict } = await assess(reader, parametersOf(parameters));
      expect(right, codeOf(verdict)).to.include(verdict.kind);
    });
  }
});
