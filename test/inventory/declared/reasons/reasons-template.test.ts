import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import type { ReasonCode } from '../../../../src/chain/reasons.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../../src/inventory/declared/read-file.ts';
import { faults } from '../../../support/worlds/faulty-accounts.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';
import { templateOf } from '../../../support/worlds/template-of-world.ts';
import type { World } from '../../../support/worlds/world.ts';
import { EVENT_REGION, eventWorld } from '../../../support/worlds/event-world.ts';
import { READ_AT, REGION, soundWorld } from '../../../support/worlds/world.ts';
import { notDeclared } from './not-declared.ts';

async function codeOfTemplate(world: World, raw: Readonly<Record<string, string>> = {}): Promise<string> {
  const { accountId, region } = world;
  const file = recognizeFile(templateOf(world), { now: READ_AT, accountId, region });
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  const { verdict } = await assess(declaredReader(file.account), parametersOf(raw));
  return codeOf(verdict);
}

/** A world with everything in the region where the events of IAM arrive. */
function inOneRegion(world: World): World {
  return JSON.parse(JSON.stringify(world).replaceAll(REGION, EVENT_REGION)) as World;
}

/** What a template cannot say of an account, and the code that it gets instead. */
const notInTemplates: Readonly<Partial<Record<ReasonCode, string>>> = {
  ...notDeclared,
  // A template is for one region.
  TRAIL_GLOBAL_EVENTS_UNKNOWN: 'UNREADABLE',
  EVENT_RULE_IN_OTHER_REGION: 'UNREADABLE',
  // A log alarm without a query is none that CloudFormation takes.
  LOG_ALARM_QUERY_UNKNOWN: 'UNREADABLE',
  // Only a run of the query shows that its role may run it, which comes first.
  LOG_ALARM_ON_TRANSFORMED_LOGS: 'LOG_ALARM_WITHOUT_RESULT',
};

describe('an account with one fault, written as a template before it is deployed,', () => {
  it('is satisfied where there is no fault', async () => {
    expect(await codeOfTemplate(soundWorld())).to.equal('SATISFIED');
  });
  it('is satisfied by a rule of EventBridge', async () => {
    expect(await codeOfTemplate(inOneRegion(eventWorld()), { acceptedRoutes: 'eventbridge' })).to.equal('SATISFIED');
  });
  for (const [code, { fault, raw }] of Object.entries(faults)) {
    // A template is for one region, and events of IAM arrive in one: the trail is there too, but where regions differ.
    const isOfRules = raw?.['acceptedRoutes']?.includes('eventbridge') ?? false;
    const world = isOfRules && code !== 'EVENT_RULE_IN_OTHER_REGION' ? inOneRegion(fault) : fault;
    const expected = notInTemplates[code as ReasonCode] ?? code;
    it(`${code === expected ? 'gets' : `does not know of ${code}, and gets`} ${expected}`, async () => {
      expect(await codeOfTemplate(world, raw)).to.equal(expected);
    });
  }
});
