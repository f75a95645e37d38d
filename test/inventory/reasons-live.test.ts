import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import { awsReader } from '../../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../../src/inventory/aws/client/clients.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { faults } from '../support/worlds/faulty-accounts.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { ACCOUNT, READ_AT, REGION, snapshotOf, soundWorld } from '../support/worlds/world.ts';

describe('an account with one fault, read over real requests,', () => {
  let responder: Responder;
  before(async () => {
    responder = await startResponder(snapshotOf(soundWorld()));
  });
  after(() => responder.close());

  for (const [code, { fault, raw }] of Object.entries(faults)) {
    it(`gets ${code}, in as many turns as a snapshot of it`, async () => {
      const inventory = snapshotOf(fault);
      responder.serve(inventory);
      const clients = awsClients({
        endpoint: responder.url,
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
        maxAttempts: 1,
      });
      const reader = awsReader({ clients, accountId: ACCOUNT, region: REGION, now: () => new Date(READ_AT) });
      const live = await assess(reader, parametersOf(raw));
      const saved = await assess(snapshotReader(inventory), parametersOf(raw));
      expect([codeOf(live.verdict), live.turns]).to.deep.equal([code, saved.turns]);
    });
  }
});
