import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { pageAssets, pageAssetsFile } from '../../../../docs/generate/page-assets.ts';
import {
  script,
  scriptHash,
  styleSheet,
  styleSheetHash,
} from '../../../../src/report/formats/html/assets.generated.ts';
import { htmlPage } from '../../../../src/report/formats/html/page.ts';

describe('the results page', () => {
  const empty = htmlPage({ formatVersion: 1, results: [], failed: [] });

  it('holds the script and the style sheet that `npm run docs` bundles', async () => {
    expect(readFileSync(pageAssetsFile, 'utf8')).to.equal(await pageAssets());
  });

  it('names the hashes of its script and style sheet in its content security policy', () => {
    const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');
    expect([scriptHash, styleSheetHash]).to.deep.equal([hashOf(script), hashOf(styleSheet)]);
    expect(empty).to.contain(`<script>${script}</script>`).and.to.contain(`<style>${styleSheet}</style>`);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(empty)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).to.contain("default-src 'none'").and.to.not.contain('unsafe');
  });

  it('weighs less than 60 kB without data', () => {
    expect(Buffer.byteLength(empty)).to.be.below(60_000);
  });

  it('says that no account could be evaluated where none was, and names those that failed', () => {
    const page = htmlPage({
      formatVersion: 1,
      results: [],
      failed: [{ name: '<b>audit</b>', message: 'access denied', failedAt: '2026-11-20T10:00:00.000Z' }],
    });
    expect(page).to.contain('<h1>No account could be evaluated.</h1>');
    expect(page).to.contain('&lt;b&gt;audit&lt;/b&gt;').and.to.contain('access denied');
  });
});
