import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { generatedFiles } from '../../deploy/generate/generated-files.ts';

describe('the generated files of deploy/', () => {
  it('are what `npm run template` writes', async () => {
    const files = Object.entries(await generatedFiles());
    expect(files).not.to.be.empty;
    for (const [path, text] of files) expect(readFileSync(path, 'utf8'), path).to.equal(text);
  });
});
