import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect } from 'chai';

const run = promisify(execFile);

describe('packaging with wrong settings', function () {
  this.timeout(60_000);

  it('fails before deployment, and says what is allowed', async () => {
    const settings = ['--param', 'patternMatch=coverz', '--param', 'paternMatch=covers'];
    const outcome = await run('npx', ['--no-install', 'serverless', 'package', ...settings]).then(
      () => expect.fail('it was packaged'),
      (error: unknown) => error as { readonly code: number; readonly stdout: string; readonly stderr: string },
    );
    const said = outcome.stdout + outcome.stderr;
    expect(outcome.code).to.equal(1);
    expect(said).to.contain('`patternMatch` is `coverz`; allowed is one of equivalent, covers');
    expect(said).to.contain('unknown setting `paternMatch`; allowed are controlId, filterPattern, ');
  });
});
