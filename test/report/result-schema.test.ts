import { readFileSync, readdirSync } from 'node:fs';

import { expect } from 'chai';

import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';
import { runIn } from '../cli/run.ts';
import { expectResultSchema } from '../support/formats/result-schema.ts';

interface Document {
  readonly formatVersion: number;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly failed: readonly unknown[];
}

describe('the schema of results in JSON', () => {
  let all: Document;
  before(async () => {
    const files = readdirSync('events/accounts').map((name) => `events/accounts/${name}`);
    const { out } = await runIn({}, evaluateCommand, ['--format', 'json', ...files, 'gone.json']);
    all = JSON.parse(out) as Document;
  });

  it('describes the results of every sample account, and what failed', () => {
    expect(new Set(all.results.map((result) => result['verdict']))).to.deep.equal(
      new Set(['satisfied', 'broken', 'undecided']),
    );
    expect(all.failed).to.have.lengthOf(1);
  });

  const wrong: readonly (readonly [string, (document: Document) => unknown])[] = [
    ['another version', (document) => ({ ...document, formatVersion: 2 })],
    ['an unknown field', ({ formatVersion, ...rest }) => ({ formatVersion, more: 1, ...rest })],
    ['a missing list', ({ formatVersion, results }) => ({ formatVersion, results })],
    [
      'a verdict that there is not',
      ({ formatVersion, results: [first], failed }) => ({
        formatVersion,
        results: [{ ...first, verdict: 'compliant' }],
        failed,
      }),
    ],
    [
      'a broken chain without a finding',
      ({ formatVersion, results: [first], failed }) => ({
        formatVersion,
        results: [{ ...first, chains: [{ outcome: 'broken', path: {}, links: first?.['links'] }] }],
        failed,
      }),
    ],
  ];
  for (const [what, change] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => {
        expectResultSchema(JSON.stringify(change(all)));
      }).to.throw();
    });
  }

  it('says of everything what it is, leaves no object open, and shows an example that it describes', () => {
    const schema = JSON.parse(readFileSync('src/report/result.schema.json', 'utf8')) as Schema;
    const named = [...schemasIn(schema)];
    expect(named.length).to.be.greaterThan(30);
    for (const [path, one] of named) {
      expect(one.description, path).to.match(/^\S.*\.$|https:/);
      if (one.properties !== undefined) expect(one.additionalProperties, path).to.equal(false);
    }
    expect(schema.$id).to.match(/:1$/);
    expect(schema.examples).to.have.lengthOf(1);
    for (const example of schema.examples ?? []) expectResultSchema(JSON.stringify(example));
  });
});

interface Schema {
  readonly $id?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean;
  readonly examples?: readonly unknown[];
}

/** The schema, and those of all that has a name in it. */
function* schemasIn(schema: Schema, path = '#'): Generator<readonly [path: string, schema: Schema]> {
  yield [path, schema];
  const inner = { ...schema.definitions, ...schema.properties, ...(schema.items?.properties ?? {}) };
  for (const [name, one] of Object.entries(inner)) yield* schemasIn(one, `${path}/${name}`);
}
