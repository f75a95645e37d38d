import { spawn } from 'node:child_process';

import { isOnPath } from './programs.ts';
import type { MotoProxy } from './proxy.ts';
import { startProxy } from './proxy.ts';

export { MOTO_ACCOUNT } from './gaps.ts';

export interface Moto extends MotoProxy {
  /** Makes what is there before a trail: a bucket, and a log group. */
  readonly prepare: (given: {
    readonly bucket: string;
    readonly logGroup: string;
    readonly region: string;
  }) => Promise<void>;
  /** Forgets every account. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Signed enough for moto, which looks for service and region and not at the signature. */
const signedFor = (service: string, region: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

async function made(response: Promise<Response>): Promise<void> {
  const { ok, status, url } = await response;
  if (!ok) throw new Error(`moto answered ${status} to ${url}`);
}

/**
 * A suite that needs moto. Where a program is missing, one pending test in its place says so, and the gate fails on what
 * is pending; moto that is there and cannot be started is a failure anywhere.
 */
export function describeOnMoto(title: string, suite: (this: Mocha.Suite) => void): void {
  describe(title, function () {
    if (['moto_server', 'aws'].every(isOnPath)) suite.call(this);
    else it('needs moto_server and aws on the path: PATH="$(.ci/python.sh):$PATH"');
  });
}

/** Starts moto on a free port, behind the proxy. It ends with this process at the latest. */
export async function startMoto(): Promise<Moto> {
  const child = spawn('moto_server', ['-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill();
  process.on('exit', end);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, address] = /Running on (http:\S+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.on('error', reject);
    child.on('exit', () => {
      reject(new Error(`moto_server ended: ${said}`));
    });
  });
  const proxy = await startProxy(url);
  return {
    ...proxy,
    prepare: async ({ bucket, logGroup, region }) => {
      // A bucket of us-east-1 names no place: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
      const constraint = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
      const place = region === 'us-east-1' ? '' : constraint;
      await made(fetch(`${url}/${bucket}`, { method: 'PUT', headers: signedFor('s3', region), body: place }));
      const headers = {
        ...signedFor('logs', region),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.CreateLogGroup',
      };
      await made(fetch(url, { method: 'POST', headers, body: JSON.stringify({ logGroupName: logGroup }) }));
    },
    reset: async () => {
      await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      proxy.forget();
    },
    stop: async () => {
      await proxy.close();
      process.off('exit', end);
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    },
  };
}
