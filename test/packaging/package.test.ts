import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect } from 'chai';

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('the npm package', () => {
  let home = '';
  let manifest: Manifest;
  let files: readonly string[] = [];

  // Unpacked beside the packages it depends on and no others, as `npm install` would, but without a registry.
  before(async function () {
    this.timeout(120_000);
    home = await mkdtemp(join(tmpdir(), 'package-'));
    const packed = await run('npm', ['pack', '--json', '--pack-destination', home]);
    const [{ filename, files: listed }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    files = listed.map(({ path }) => path);
    manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
    const place = join(home, 'node_modules', manifest.name);
    await mkdir(place, { recursive: true });
    await run('tar', ['-xzf', join(home, filename), '-C', place, '--strip-components=1']);
    for (const name of Object.keys(manifest.dependencies)) {
      await mkdir(dirname(join(home, 'node_modules', name)), { recursive: true });
      await symlink(resolve('node_modules', name), join(home, 'node_modules', name));
    }
    await mkdir(join(home, 'node_modules', '.bin'));
    for (const [name, path] of Object.entries(manifest.bin)) {
      await chmod(join(place, path), 0o755);
      await symlink(join('..', manifest.name, path), join(home, 'node_modules', '.bin', name));
    }
  });
  after(() => rm(home, { recursive: true }));

  const npx = (...args: readonly string[]) => run('npx', ['--offline', manifest.name, ...args], { cwd: home });

  it('holds the program, the samples and the schemas, and no sources or tests', () => {
    expect(files).to.include.members([
      'dist/cli/main.js',
      'README.md',
      'LICENSE',
      'src/report/result.schema.json',
      'src/cli/organization/status.schema.json',
    ]);
    expect(files.filter((path) => path.endsWith('.ts') || path.startsWith('test/'))).to.deep.equal([]);
  });

  it('prints its version', async () => {
    expect((await npx('--version')).stdout).to.equal(`${manifest.version}\n`);
  });

  it('evaluates the samples that it brings', async () => {
    const { stdout } = await npx('evaluate', '--samples');
    expect(stdout)
      .to.contain('SATISFIED')
      .and.to.match(/^9 accounts: /m);
  });

  it('finds the SDK where it is asked for a live account', async () => {
    const live = npx('evaluate', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:1');
    const { code, stderr } = await live.then(
      () => expect.fail('no account is there'),
      (error: unknown) => error as { readonly code: number; readonly stderr: string },
    );
    expect(code).to.equal(1);
    expect(stderr).to.contain('error: ').and.not.to.contain('ERR_MODULE_NOT_FOUND');
  });

  const commands = ['evaluate', 'snapshot', 'explain', 'controls', 'remediate', 'pattern', 'pattern probe'];
  for (const command of ['', ...commands]) {
    it(`teaches ${command === '' ? 'itself' : `\`${command}\``} by an example as it is called here`, async () => {
      // What npx runs, without the time that npx takes.
      const program = join(home, 'node_modules', '.bin', manifest.name);
      const { stdout } = await run(program, [...command.split(' ').filter((word) => word !== ''), '--help']);
      expect(stdout).to.contain(`$ ${manifest.name} ${command}`).and.not.to.contain('npm ').and.not.to.contain('npx ');
    });
  }
});
