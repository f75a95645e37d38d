import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { generatedPages } from '../../docs/generate/pages.ts';

describe('the pages that follow from tables in the source', () => {
  for (const [path, text] of Object.entries(generatedPages())) {
    it(`${path} is what \`npm run docs\` writes`, () => {
      expect(readFileSync(path, 'utf8')).to.equal(text);
    });
  }
});
