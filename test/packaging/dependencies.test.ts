import { readFileSync } from 'node:fs';

import { expect } from 'chai';

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean }>
  >;
}

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as Lockfile;
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);

/** Licences that ask for nothing but their text. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

describe('the dependencies', () => {
  it('are pinned to one version each', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Readonly<
      Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).to.deep.equal([]);
  });

  it('that ship have licences of the allow-list', () => {
    const others = shipped.filter(([, { license }]) => license === undefined || !allowed.has(license));
    expect(others.map(([path, { license }]) => `${path}: ${license ?? 'none'}`)).to.deep.equal([]);
  });

  it('have each package of the SDK in one version, so that its clients share their core', () => {
    const versions = new Map<string, Set<string>>();
    for (const [path, { version = '' }] of shipped) {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      if (/^@(aws-sdk|smithy)\//.test(name)) versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
    const several = [...versions].filter(([, known]) => known.size > 1).map(([name, known]) => [name, ...known]);
    expect(several).to.deep.equal([]);
  });
});
