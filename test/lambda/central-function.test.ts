import { Agent } from 'node:https';

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'chai';

import { createClient } from '../../src/inventory/aws/client/settings.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { createConnector } from '../../src/lambda/connect.ts';
import { handle } from '../../src/lambda/handle.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';
import type { PutEvaluation } from '../aws-responder/config.ts';
import { ORGANIZATION, organizationOperations } from '../aws-responder/organization.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import type { Request } from '../aws-responder/wire.ts';
import { ServiceError } from '../aws-responder/wire.ts';
import { credentials } from '../support/live-connector.ts';
import { ACCOUNT, OTHER_ACCOUNT, READ_AT, TOPIC_ARN, snapshotOf, soundWorld } from '../support/worlds/world.ts';
import { FUNCTION_ARN, errorOf, eventNamed, stubConfig, stubDependencies } from './stubs.ts';

const THIRD_ACCOUNT = '333344445555';
const roles = { AssumeRoleMode: 'true', ExecutionRoleName: 'cloudtrail-alarm/cloudtrail-alarm-member' };

/** The account whose role signed a request: an access key of a role ends with it. */
const signerOf = ({ accessKeyId }: Request) => accessKeyId.slice('ASIAROLEOF'.length);
const renamed = (inventory: Inventory, id: string): Inventory =>
  JSON.parse(JSON.stringify(inventory).replaceAll(ACCOUNT, id)) as Inventory;
const eventOf = (accountId: string, change: object = {}) => ({
  ...eventNamed('scheduled'),
  accountId,
  ruleParameters: JSON.stringify(roles),
  ...change,
});

describe('one function for many accounts', () => {
  const good = snapshotOf(soundWorld());
  const silent = snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }));
  const accounts = [good, renamed(good, OTHER_ACCOUNT), renamed(silent, THIRD_ACCOUNT)];
  let responder: Responder;
  /** Each evaluation, and the account whose credentials sent it. */
  let sent: { readonly signer: string; readonly evaluation: PutEvaluation }[] = [];
  let organizationOf: (accountId: string) => string | undefined;

  const start = async (inventories: readonly Inventory[], more: Parameters<typeof startResponder>[1] = {}) => {
    sent = [];
    organizationOf = () => ORGANIZATION;
    const operations = {
      ...organizationOperations(inventories),
      DescribeOrganization: (_input: Request['input'], request: Request) => {
        const Id = organizationOf(signerOf(request));
        if (Id === undefined) throw new ServiceError('AWSOrganizationsNotInUseException');
        return { Organization: { Id } };
      },
      PutEvaluations: (input: Request['input'], request: Request) => {
        const evaluations = input['Evaluations'] as readonly PutEvaluation[];
        sent.push(...evaluations.map((evaluation) => ({ signer: signerOf(request), evaluation })));
        return { FailedEvaluations: [] };
      },
      GetComplianceDetailsByConfigRule: () => ({ EvaluationResults: [] }),
      ListDiscoveredResources: () => ({ resourceIdentifiers: [{ resourceId: 'main', resourceName: 'main' }] }),
      ...more,
    };
    responder = await startResponder(good, operations);
  };
  afterEach(() => responder.close());

  const connector = (now = () => new Date(READ_AT)) =>
    createConnector(now, { endpoint: responder.url, credentials, maxAttempts: 1, requestTimeoutMs: 20_000 });
  const run = (event: object, connect = connector(), change: { readonly organizationId?: undefined } = {}) =>
    handle(event, {
      ...stubDependencies(stubConfig()),
      functionArn: FUNCTION_ARN,
      ...change,
      connect: (invocation, options) => connect({ invocation, options, remainingMs: () => 60_000 }),
    });
  const refusal = async (event: object) => {
    const error = await errorOf(run(event));
    expect(sent).to.deep.equal([]);
    return error;
  };
  const read = () => responder.calls.filter(({ service }) => !['sts', 'organizations'].includes(service));

  it('evaluates two accounts through their roles, and answers each under its credentials', async () => {
    await start(accounts);
    const connect = connector();
    const [first, second] = [await run(eventOf(OTHER_ACCOUNT), connect), await run(eventOf(THIRD_ACCOUNT), connect)];
    expect([first, second].map((outcome) => outcome.kind === 'sent' && outcome.verdict)).to.deep.equal([
      'satisfied',
      'broken',
    ]);
    const ofAccounts = sent.filter(({ evaluation }) => evaluation.ComplianceResourceType === 'AWS::::Account');
    expect(
      ofAccounts.map(({ signer, evaluation }) => [signer, evaluation.ComplianceResourceId, evaluation.ComplianceType]),
    ).to.deep.equal([
      [OTHER_ACCOUNT, OTHER_ACCOUNT, 'COMPLIANT'],
      [THIRD_ACCOUNT, THIRD_ACCOUNT, 'NON_COMPLIANT'],
    ]);
    // The function's own role does nothing but assume the two.
    const own = responder.calls.filter(({ accessKeyId }) => accessKeyId === credentials.accessKeyId);
    expect(own.map(({ operation }) => operation)).to.deep.equal(['AssumeRole', 'AssumeRole']);
  });

  it('asks once to which organization an account belongs, while its credentials last', async () => {
    await start(accounts);
    let clock = new Date();
    const connect = connector(() => clock);
    await run(eventOf(OTHER_ACCOUNT), connect);
    await run(eventOf(OTHER_ACCOUNT), connect);
    const asked = () => responder.calls.filter(({ operation }) => operation === 'DescribeOrganization').length;
    expect(asked()).to.equal(1);
    clock = new Date(clock.getTime() + 11 * 60 * 1000);
    await run(eventOf(OTHER_ACCOUNT), connect);
    expect(asked()).to.equal(2);
  });

  it('asks again after AWS Organizations could not answer', async () => {
    await start(accounts);
    const connect = connector(() => new Date());
    responder.inject('DescribeOrganization', { kind: 'error', code: 'ServiceException', status: 500 }, 1);
    expect((await errorOf(run(eventOf(OTHER_ACCOUNT), connect))).message).to.contain('Organizations');
    expect(sent).to.deep.equal([]);
    await run(eventOf(OTHER_ACCOUNT), connect);
    expect(sent.length).to.be.greaterThan(0);
  });

  it('needs no organization to evaluate the account that it is in', async () => {
    await start(accounts);
    await run(eventOf(ACCOUNT), connector(), { organizationId: undefined });
    expect(sent.length).to.be.greaterThan(0);
    expect(responder.calls.some(({ operation }) => operation === 'DescribeOrganization')).to.equal(false);
  });

  describe('reads nothing and sends nothing', () => {
    it('for an account of another organization', async () => {
      await start(accounts);
      organizationOf = () => 'o-somebodyelse';
      const error = await refusal(eventOf(OTHER_ACCOUNT));
      expect([error.name, read()]).to.deep.equal(['AccountError', []]);
      expect(error.message).to.contain(`account ${OTHER_ACCOUNT} is in organization o-somebodyelse`);
    });

    it('for an account in no organization', async () => {
      await start(accounts);
      organizationOf = () => undefined;
      const error = await refusal(eventOf(OTHER_ACCOUNT));
      expect([error.name, read()]).to.deep.equal(['AccountError', []]);
      expect(error.message).to.contain('is in no organization');
    });

    it('where nobody may say to which organization the account belongs', async () => {
      await start(accounts);
      responder.inject('DescribeOrganization', { kind: 'error', code: 'AccessDeniedException' });
      const error = await refusal(eventOf(OTHER_ACCOUNT));
      expect(error.message).to.contain('Allow organizations:DescribeOrganization');
      expect(read()).to.deep.equal([]);
    });

    it('for another account, if the function was deployed for no organization', async () => {
      await start(accounts);
      const error = await errorOf(run(eventOf(OTHER_ACCOUNT), connector(), { organizationId: undefined }));
      expect(error.name).to.equal('AccountError');
      expect(error.message).to.contain('deploy it with `organizationId`');
      expect([sent, responder.calls]).to.deep.equal([[], []]);
    });

    it('for another account without AssumeRoleMode, whatever organization it is in', async () => {
      await start(accounts);
      const error = await refusal(eventOf(OTHER_ACCOUNT, { ruleParameters: '{}' }));
      expect([error.name, responder.calls]).to.deep.equal(['AccountError', []]);
    });

    for (const assumed of [THIRD_ACCOUNT, ACCOUNT]) {
      it(`with credentials of account ${assumed} in place of the event's`, async () => {
        const { AssumeRole } = organizationOperations(accounts);
        const roleOf = (id: string) => ({ RoleArn: `arn:aws:iam::${id}:role/x` });
        await start(accounts, { AssumeRole: (_input, request) => AssumeRole(roleOf(assumed), request) });
        const error = await refusal(eventOf(OTHER_ACCOUNT));
        expect(error.message).to.contain(`STS gave credentials of account ${assumed}`);
        expect(read()).to.deep.equal([]);
      });
    }

    it('with credentials of nobody knows whom', async () => {
      const { AssumeRole } = organizationOperations(accounts);
      await start(accounts, {
        AssumeRole: (input, request) => ({ Credentials: AssumeRole(input, request).Credentials }),
      });
      const error = await refusal(eventOf(OTHER_ACCOUNT));
      expect(error.message).to.contain('AssumedRoleUser');
    });

    for (const name of [
      'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      'AWSServiceRoleForConfig',
      'a/AWSServiceRoleForConfigConforms',
    ]) {
      it(`through the service-linked role ${name}, which no function can assume`, async () => {
        await start(accounts);
        const event = eventOf(OTHER_ACCOUNT, { ruleParameters: JSON.stringify({ ...roles, ExecutionRoleName: name }) });
        const error = await refusal(event);
        expect([error.name, responder.calls]).to.deep.equal(['ParameterError', []]);
        expect(error.message).to.contain('a service-linked role, such as that of the configuration recorder');
      });
    }
  });

  it('takes a role whose name only looks like a service-linked one', () => {
    const like = { ...roles, ExecutionRoleName: 'aws-service-roles/ConfigRole' };
    expect(parseParameters(like).kind).to.equal('parsed');
  });

  it('never mixes credentials in 50 calls at the same time over 10 accounts', async function () {
    this.timeout(120_000);
    const ids = Array.from({ length: 10 }, (_, index) => String(500_000_000_000 + index));
    // Every third account has nobody who listens, so that a mixed reading shows in the verdict.
    const isSilent = (id: string) => Number(id) % 3 === 0;
    await start(ids.map((id) => renamed(isSilent(id) ? silent : good, id)));
    const connect = connector();
    const events = Array.from({ length: 50 }, (_, index) => ids[index % ids.length] ?? '');
    const outcomes = await Promise.all(events.map((id) => run(eventOf(id), connect)));

    expect(outcomes.map((outcome) => outcome.kind === 'sent' && outcome.verdict)).to.deep.equal(
      events.map((id) => (isSilent(id) ? 'broken' : 'satisfied')),
    );
    const ofAccounts = sent.filter(({ evaluation }) => evaluation.ComplianceResourceType === 'AWS::::Account');
    expect(ofAccounts).to.have.lengthOf(50);
    for (const { signer, evaluation } of ofAccounts) expect(signer).to.equal(evaluation.ComplianceResourceId);
    // Whatever names an account is signed by that account.
    const naming = responder.calls.filter(({ service }) => service !== 'sts');
    for (const request of naming) {
      const named = JSON.stringify(request.input).match(/\b50000000000\d\b/g) ?? [];
      expect(new Set([...named, signerOf(request)]).size, request.operation).to.equal(1);
    }
    // One role for each account, and one question for its organization.
    const assumed = responder.calls.filter(({ operation }) => operation === 'AssumeRole');
    expect(assumed).to.have.lengthOf(ids.length);
    expect(naming.filter(({ operation }) => operation === 'DescribeOrganization')).to.have.lengthOf(ids.length);
  });

  it('keeps the credentials of more accounts than it keeps clients of', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => String(500_000_000_000 + index));
    await start(ids.map((id) => renamed(good, id)));
    const connect = connector();
    for (const id of [...ids, ...ids]) await run(eventOf(id), connect);
    expect(responder.calls.filter(({ operation }) => operation === 'AssumeRole')).to.have.lengthOf(ids.length);
  });

  it('asks STS in the region of the rule, never the one global STS', async () => {
    await start(accounts);
    const hosts: string[] = [];
    class Watching extends Agent {
      override createConnection({ host = '' }: { readonly host?: string }): never {
        hosts.push(host);
        throw new Error('no connection is wanted');
      }
    }
    for (const region of ['eu-west-1', 'us-east-1', 'me-south-1', 'cn-north-1']) {
      const client = createClient(STSClient, { credentials, maxAttempts: 1, agent: new Watching() }, region);
      await errorOf(client.send(new GetCallerIdentityCommand({})));
    }
    expect(hosts).to.deep.equal([
      'sts.eu-west-1.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
      'sts.me-south-1.amazonaws.com',
      'sts.cn-north-1.amazonaws.com.cn',
    ]);
  });
});
