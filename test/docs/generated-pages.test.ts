import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { generatedPages } from '../../docs/generate/pages.ts';
import { currentResultSchema } from '../../docs/generate/result-schema.ts';
import { snapshotJsonSchema } from '../../docs/generate/snapshot-schema.ts';

describe('the pages that follow from tables in the source', () => {
  for (const [path, text] of Object.entries(generatedPages())) {
    it(`${path} is what \`npm run docs\` writes`, () => {
      expect(readFileSync(path, 'utf8')).to.equal(text);
    });
  }

  it('the schema of snapshots is what `npm run docs` writes', () => {
    const json = readFileSync('src/inventory/snapshot.schema.json', 'utf8');
    expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(snapshotJsonSchema())));
  });

  it('the schema of results has the links and the fields that `npm run docs` writes', () => {
    const json = readFileSync('src/report/result.schema.json', 'utf8');
    expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(currentResultSchema(json))));
  });
});
