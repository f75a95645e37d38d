import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import { expect } from 'chai';

import { snapshotJsonSchema } from '../../../docs/generate/snapshot-schema.ts';
import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { snapshotCommand } from '../../../src/cli/commands/snapshot.ts';
import { parseSnapshot } from '../../../src/inventory/snapshot-reader.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { expectResultSchema } from '../../support/formats/result-schema.ts';
import { runIn } from '../run.ts';

const SOUND = 'events/accounts/1-everything-right.json';
const ORGANIZATION_TRAIL = 'events/accounts/8-organization-trail-of-another-account.json';
const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const FAILURE = 'GetCallerIdentity failed with AccessDenied, and `--account-id` named the account';
const formats = ['text', 'json', 'jsonl', 'junit', 'csv', 'markdown', 'html', 'ocsf', 'sarif'] as const;

const refusal = {
  kind: 'error',
  code: 'AccessDenied',
  status: 403,
  message: `User: arn:aws:iam::${ACCOUNT}:user/tester is not authorized to perform: sts:GetCallerIdentity because no VPC endpoint policy allows it`,
} as const;

describe('a live account whose credentials STS does not name', () => {
  let folder = '';
  let responder: Responder;
  const environment = { ...process.env };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'named-account-'));
    responder = await startResponder(parseSnapshot(await readFile(SOUND, 'utf8')));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hidden-secret' });
  });
  after(async () => {
    process.env = environment;
    await responder.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    await serve(SOUND);
  });

  // The account is read now, so its last delivery is made to be as old as it was.
  const serve = async (sample: string) => {
    const text = await readFile(sample, 'utf8');
    responder.serve(parseSnapshot(text.replaceAll(/"2026-11-\d\dT/g, `"${new Date().toISOString().slice(0, 11)}`)));
  };
  const live = () => ['--endpoint-url', responder.url, '--region', 'eu-west-1'];
  const snapshot = (...args: readonly string[]) => runIn({}, (io) => snapshotCommand(io), args);
  const evaluate = (...args: readonly string[]) => runIn({}, evaluateCommand, args);
  const sourceIn = (json: string) => {
    expectResultSchema(json);
    return (JSON.parse(json) as ResultDocument).results[0]?.source;
  };
  const operations = () => responder.calls.map(({ operation }) => operation);

  /** A snapshot of the account that was named, as STS did not say whose it is. */
  async function kept(name: string): Promise<string> {
    const file = join(folder, name);
    responder.inject('GetCallerIdentity', refusal);
    const { code, err } = await snapshot(...live(), '--account-id', ACCOUNT, '--force', file);
    expect(code, err).to.equal(0);
    return file;
  }

  it('is kept in a snapshot that names no caller, and says why', async () => {
    const text = await readFile(await kept('kept.json'), 'utf8');
    const { accountId, head } = JSON.parse(text) as { accountId: string; head: Record<string, unknown> };
    expect(accountId).to.equal(ACCOUNT);
    expect(head).to.include({ callerFailure: FAILURE }).and.not.to.have.any.keys('caller');
    const validate = new Ajv({ strict: true }).compile(snapshotJsonSchema() as object);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).to.equal(true);
  });

  it('is kept so that `snapshot verify` finds it unchanged, and says that the caller is not known', async () => {
    const { code, out } = await snapshot('verify', await kept('verified.json'));
    expect(code).to.equal(0);
    expect(out).to.contain(`by         not known: ${FAILURE}\n`);
    expect(out).to.match(/contents +unchanged/);
  });

  it('is evaluated, with the verdict of an account whose caller is known', async () => {
    const known = await evaluate(...live(), '--format', 'json');
    expect(sourceIn(known.out)).to.include({ caller: `arn:aws:iam::${ACCOUNT}:user/tester` });
    const file = await kept('evaluated.json');
    for (const args of [[...live(), '--account-id', ACCOUNT], [file]]) {
      const { code, out } = await evaluate(...args, '--format', 'json');
      expect(code).to.equal(0);
      expect(sourceIn(out)).to.include({ callerFailure: FAILURE }).and.not.to.have.any.keys('caller');
    }
  });

  for (const format of formats) {
    it(`says in ${format} that the caller could not be read, also of a snapshot that a template is laid over`, async () => {
      const file = await kept(`${format}.json`);
      const template = join(folder, `${format}.yaml`);
      await writeFile(template, '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}');
      const named = /GetCallerIdentity failed with AccessDenied, and \S+account-id\S+ named the account/;
      for (const args of [[file], ['--onto', file, '--new-stack', template]]) {
        expect((await evaluate('--format', format, ...args)).out.replaceAll(/\s+/g, ' '), args.join(' ')).to.match(
          named,
        );
      }
    });
  }

  it('is shown in a copy under other names without the words of AWS', async () => {
    const copy = join(folder, 'copy.json');
    expect((await snapshot('--redact', '--from', await kept('original.json'), copy)).code).to.equal(0);
    expect(await readFile(copy, 'utf8')).not.to.contain('callerFailure');
    expect((await evaluate(copy)).out).to.contain('not shown in a copy under other names');
  });

  it('is read where STS does not answer', async () => {
    responder.inject('GetCallerIdentity', { kind: 'error', code: 'ServiceUnavailable', status: 503 });
    const { code, out } = await evaluate(...live(), '--account-id', ACCOUNT, '--format', 'json');
    expect(code).to.equal(0);
    expect(sourceIn(out)?.callerFailure).to.contain('GetCallerIdentity failed with ServiceUnavailable');
  }).timeout(60_000);

  it('is not read unless it is named: the error says how', async () => {
    responder.inject('GetCallerIdentity', refusal);
    for (const run of [snapshot(...live(), join(folder, 'none.json')), evaluate(...live())]) {
      const { code, err } = await run;
      expect(code).to.equal(1);
      expect(err)
        .to.contain('GetCallerIdentity in region eu-west-1 failed with AccessDenied')
        .and.contain('`evaluate` and `snapshot` read the account all the same, if `--account-id` names it.');
    }
    expect(new Set(operations())).to.deep.equal(new Set(['GetCallerIdentity']));
    expect(await readdir(folder)).not.to.include('none.json');
  });

  it('is refused under the id of another account, if one of its trails shows whose it is', async () => {
    responder.inject('GetCallerIdentity', refusal);
    const file = join(folder, 'other.json');
    const error = `trail arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main is of account ${ACCOUNT}, and \`--account-id\` names ${OTHER}`;
    for (const run of [snapshot(...live(), '--account-id', OTHER, file), evaluate(...live(), '--account-id', OTHER)]) {
      const { code, err } = await run;
      expect([code, err.includes(error)], err).to.deep.equal([1, true]);
    }
    expect(await readdir(folder)).not.to.include('other.json');
  });

  it('may have the trail of its organization, which is of another account', async () => {
    await serve(ORGANIZATION_TRAIL);
    responder.inject('GetCallerIdentity', refusal);
    const { out } = await evaluate(...live(), '--account-id', ACCOUNT, '--format', 'json');
    expect(sourceIn(out)?.callerFailure).to.equal(FAILURE);
  });

  it('is not read with credentials that STS says are of another account', async () => {
    const { code, err } = await evaluate(...live(), '--account-id', OTHER);
    expect(code).to.equal(1);
    expect(err).to.contain(`the credentials are of account ${ACCOUNT}, and \`--account-id\` names ${OTHER}`);
    expect(operations()).to.deep.equal(['GetCallerIdentity']);
  });

  it('is not read with credentials that are not valid', async () => {
    responder.inject('GetCallerIdentity', { kind: 'error', code: 'InvalidClientTokenId', status: 403 });
    const { code, err } = await evaluate(...live(), '--account-id', ACCOUNT);
    expect(code).to.equal(1);
    expect(err).to.contain('InvalidClientTokenId').and.not.to.contain('--account-id');
    expect(new Set(operations())).to.deep.equal(new Set(['GetCallerIdentity']));
  });

  it('is named alone: `--account-id` goes neither with many accounts, nor with samples, nor with a copy', async () => {
    const id = ['--account-id', ACCOUNT];
    for (const args of [['--samples'], ['--organization', '--role-name', 'audit']]) {
      const { code, err } = await evaluate(...id, ...args);
      expect([code, err.includes('`--account-id` goes with')], err).to.deep.equal([1, true]);
    }
    const { code, err } = await snapshot(...id, '--from', SOUND, join(folder, 'copied.json'));
    expect(code).to.equal(1);
    expect(err).to.contain('--account-id');
    expect(responder.calls).to.deep.equal([]);
  });
});
