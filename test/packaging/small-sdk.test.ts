import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const plugins = require('../../deploy/small-sdk.cjs') as Plugin[];

const clients = ['cloudtrail', 'cloudwatch', 'cloudwatch-logs', 'config-service', 'kms', 'organizations', 'sns', 'sts'];

type ErrorClass = (new (options: object) => Error) & { readonly shapeId?: string };

describe('the SDK in the bundle of the function', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'small-sdk-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** The errors of a client and the exception that they extend, bundled with and without the plugin. */
  const errorsOf = async (client: string, more: Plugin[]) => {
    const outfile = join(folder, `${client}-${more.length}.cjs`);
    const dist = join('node_modules', '@aws-sdk', `client-${client}`, 'dist-es', 'models', 'errors.js');
    await build({
      entryPoints: [dist],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      minify: true,
      plugins: more,
      outfile,
    });
    return { classes: require(outfile) as Readonly<Record<string, ErrorClass>>, bytes: readFileSync(outfile).length };
  };

  const options = {
    message: 'words',
    Message: 'Words',
    Reason: 'why',
    resourceName: 'one',
    $metadata: { httpStatusCode: 400 },
  };
  const describeClass = (one: ErrorClass) => {
    const error = new one(options);
    const parent = Object.getPrototypeOf(one) as ErrorClass;
    return {
      members: Object.fromEntries(Object.entries(error)),
      text: `${error.name}: ${error.message}`,
      shapeId: one.shapeId,
      isOfItsClass: error instanceof one && error instanceof parent && error instanceof Error,
      isNoOther: !(new parent({ name: 'Other', $fault: 'client', ...options }) instanceof one),
    };
  };

  for (const client of clients) {
    it(`has every error of ${client} with its name, fault and members, in fewer bytes`, async () => {
      const [small, whole] = await Promise.all([errorsOf(client, plugins), errorsOf(client, [])]);
      const described = ({ classes }: typeof whole) =>
        Object.entries(classes)
          .filter(([name]) => !name.startsWith('__') && !name.endsWith('ServiceException'))
          .map(([name, one]) => [name, describeClass(one)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1));
      expect(described(small)).to.deep.equal(described(whole));
      expect(described(whole)).to.have.lengthOf.at.least(10);
      expect(small.bytes).to.be.lessThan(whole.bytes);
    });
  }

  it('has the name and version of each client, which the user agent says, and no more of its package', async () => {
    const outfile = join(folder, 'package.cjs');
    const path = join('node_modules', '@aws-sdk', 'client-sns', 'package.json');
    const contents = `import all from './${path}'; export { all };`;
    await build({
      stdin: { contents, resolveDir: '.' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      plugins,
      outfile,
    });
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
    expect(require(outfile)).to.deep.equal({ all: { name, version } });
  });
});
