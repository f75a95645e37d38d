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

/** A call of each client, and how it brings an error. */
const calls = {
  cloudtrail: { client: 'CloudTrailClient', command: 'DescribeTrailsCommand', protocol: 'json' },
  cloudwatch: { client: 'CloudWatchClient', command: 'DescribeAlarmsCommand', protocol: 'query-compatible' },
  'cloudwatch-logs': { client: 'CloudWatchLogsClient', command: 'DescribeLogGroupsCommand', protocol: 'json' },
  'config-service': { client: 'ConfigServiceClient', command: 'ListDiscoveredResourcesCommand', protocol: 'json' },
  eventbridge: { client: 'EventBridgeClient', command: 'ListRulesCommand', protocol: 'json' },
  kms: { client: 'KMSClient', command: 'DescribeKeyCommand', protocol: 'json' },
  organizations: { client: 'OrganizationsClient', command: 'DescribeOrganizationCommand', protocol: 'json' },
  sns: { client: 'SNSClient', command: 'GetTopicAttributesCommand', protocol: 'query' },
  sts: { client: 'STSClient', command: 'GetCallerIdentityCommand', protocol: 'query' },
} as const;

type Service = keyof typeof calls;
type Clients = Readonly<
  Record<string, new (input: object) => { readonly send?: (command: object) => Promise<unknown> }>
>;

/** An error as a client's schemas state it: its name, the name that is sent instead of it, and its status. */
interface StatedError {
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

/** What a service may answer, as its protocol has it. */
function answer(service: Service, { name, code, status }: StatedError) {
  const { protocol } = calls[service];
  const headers = protocol === 'query-compatible' ? { 'x-amzn-query-error': `${code};Sender` } : {};
  const body =
    protocol === 'query'
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>words</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: `com.amazonaws#${name}`, message: 'words', Reason: 'why', resourceName: 'one' });
  return { statusCode: status, headers, body: Buffer.from(body) };
}

/** The errors that the schemas of a client state, and two that no client of the function states. */
function statedErrors(service: Service): readonly StatedError[] {
  const path = join('node_modules', '@aws-sdk', `client-${service}`, 'dist-es', 'schemas', 'schemas_0.js');
  const source = readFileSync(path, 'utf8');
  const stated = [...source.matchAll(/^export var (\w+)\$ = \[-3, n0, \w+,\n {4}(.*),$/gm)].map(([, name, traits]) => ({
    name: name ?? '',
    code: /\[_aQE\]: \[`(\w+)`/.exec(traits ?? '')?.[1] ?? name ?? '',
    status: Number(/\[_hE\]: (\d+)/.exec(traits ?? '')?.[1] ?? ((traits ?? '').includes('[_e]: _se') ? 500 : 400)),
  }));
  const others = ['AccessDenied', 'SomethingNew'].map((name) => ({ name, code: name, status: 403 }));
  return [...stated, ...others];
}

/** What the function may see of the error that a client throws, for each of several answers. */
async function thrownBy(bundle: Clients, service: Service, errors: readonly StatedError[]) {
  const { client, command } = calls[service];
  const [Client, Command] = [bundle[client], bundle[command]];
  if (Client === undefined || Command === undefined) throw new Error(`the bundle has no ${client}`);
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const answers = errors.map((stated) => answer(service, stated)).values();
  const requestHandler = { handle: () => Promise.resolve({ response: answers.next().value }) };
  const sender = new Client({ region: 'us-east-1', credentials, requestHandler, maxAttempts: 1 });
  const input = {
    TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
    KeyId: 'k',
    resourceType: 'AWS::CloudTrail::Trail',
  };
  const thrown: object[] = [];
  for (const { name: stated } of errors) {
    const error = await sender.send?.(new Command(input)).catch((one: unknown) => one);
    if (!(error instanceof Error)) throw new Error(`no error was thrown for ${stated}`);
    const members = Object.entries(error).filter(([key, value]) => key !== '$response' && value !== undefined);
    thrown.push({ stated, name: error.name, message: error.message, members: Object.fromEntries(members) });
  }
  return thrown;
}

describe('the SDK in the bundle of the function', () => {
  let folder: string;
  let small: Clients;
  let whole: Clients;
  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'small-sdk-'));
    const contents = Object.entries(calls)
      .map(([name, { client, command }]) => `export { ${client}, ${command} } from '@aws-sdk/client-${name}';`)
      .join('\n');
    const bundleOf = async (name: string, more: Plugin[]) => {
      const outfile = join(folder, `${name}.cjs`);
      await build({
        stdin: { contents, resolveDir: '.' },
        bundle: true,
        minify: true,
        platform: 'node',
        mainFields: ['module', 'main'],
        format: 'cjs',
        plugins: more,
        outfile,
      });
      return require(outfile) as Clients;
    };
    [small, whole] = await Promise.all([bundleOf('small', plugins), bundleOf('whole', [])]);
  });
  after(() => rm(folder, { recursive: true }));

  for (const service of Object.keys(calls) as Service[]) {
    it(`brings every error that ${service} may answer with as the whole SDK does`, async () => {
      const errors = statedErrors(service);
      expect(errors).to.have.lengthOf.at.least(10);
      const [ours, theirs] = [await thrownBy(small, service, errors), await thrownBy(whole, service, errors)];
      expect(ours).to.deep.equal(theirs);
    });
  }

  it('is smaller by a tenth and more', () => {
    const [ours, theirs] = ['small', 'whole'].map((name) => readFileSync(join(folder, `${name}.cjs`)).length);
    expect(ours).to.be.lessThan((theirs ?? 0) * 0.9);
  });

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
