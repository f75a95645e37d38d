import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { ontoReader } from '../../../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../../../src/inventory/declared/read-file.ts';
import type { DeclarationSettings } from '../../../../src/inventory/declared/settings.ts';
import { parametersOf } from '../../../support/judging.ts';
import { EVENT_REGION, eventWorld } from '../../../support/worlds/event-world.ts';
import type { Fault } from '../../../support/worlds/faulty-accounts.ts';
import { faults } from '../../../support/worlds/faulty-accounts.ts';
import { templateOf } from '../../../support/worlds/template-of-world.ts';
import type { World } from '../../../support/worlds/world.ts';
import { ACCOUNT, READ_AT, REGION, snapshotOf, soundWorld } from '../../../support/worlds/world.ts';
import { planFor, readRecorded } from '../reasons/recorded-plans.ts';
import type { Changed } from './unknown-values.ts';
import { plansWithUnknown, templatesWithUnknown } from './unknown-values.ts';

type Settings = Partial<DeclarationSettings>;
type Raw = NonNullable<Fault['raw']>;

async function outcomeOf(text: string, settings: Settings, raw: Raw): Promise<string> {
  const file = recognizeFile(text, { now: READ_AT, ...settings });
  if (file.kind !== 'declared') return file.kind;
  const { onto } = settings;
  const reader = onto === undefined ? declaredReader(file.account) : ontoReader(onto, file.account);
  return (await assess(reader, parametersOf(raw))).verdict.kind;
}

/** What of a file with one more unknown is judged with certainty, and otherwise than the file itself. */
async function contradictions(text: string, changed: readonly Changed[], settings: Settings, raw: Raw) {
  const before = await outcomeOf(text, settings, raw);
  const found: string[] = [];
  for (const { what, text: open } of changed) {
    const after = await outcomeOf(open, settings, raw);
    if (after !== before && after !== 'undecided') found.push(`${what}: ${before} -> ${after}`);
  }
  return found;
}

/** `ALL_REASONS=1` takes every reason, which takes minutes. */
const someReasons = process.env['ALL_REASONS'] === undefined;
const chosen: ReadonlySet<string> = new Set([
  ...['FILTER_MAY_BE_BLIND', 'ALARM_NOT_COMPUTED', 'ALARM_SUPPRESSED', 'EVENT_BUS_NOT_FOLLOWED', 'LOG_ALARM_NARROWER'],
]);
const cases: readonly (readonly [code: string, world: World, raw: Raw])[] = [
  ['SATISFIED', soundWorld(), {}],
  ...Object.entries(faults)
    .filter(([code]) => !someReasons || chosen.has(code))
    .map(([code, { fault, raw = {} }]) => [code, fault, raw] as const),
];
const isOfRules = (raw: Raw) => raw['acceptedRoutes']?.includes('eventbridge') === true;

/** A world with everything in the region where the events of IAM arrive: a template is for one region. */
function inOneRegion(world: World): World {
  return JSON.parse(JSON.stringify(world).replaceAll(REGION, EVENT_REGION)) as World;
}

/**
 * What decides whether a deployment makes a trail or a log group that the account has. Such a deployment fails, so its verdict
 * says nothing of one that makes another thing, or that leaves the one of the account as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (ResourceAlreadyExistsException)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html (TrailAlreadyExistsException)
 */
const makesOneThatIsThere =
  /^(?:AWS::CloudTrail::Trail\.TrailName$|aws_cloudtrail\.name$|AWS::Logs::LogGroup\b|aws_cloudwatch_log_group\.)/;
const possibleOnto = (changed: readonly Changed[]) => changed.filter(({ what }) => !makesOneThatIsThere.test(what));

describe('a value that is not known before deployment never makes another verdict certain', () => {
  const recorded = readRecorded();
  for (const [code, fault, raw] of cases) {
    const world = isOfRules(raw) ? inOneRegion(fault) : fault;
    const template = templateOf(world);
    it(`in a template of an account with ${code}`, async () => {
      const settings = { accountId: ACCOUNT, region: world.region };
      const found = await contradictions(template, templatesWithUnknown(template), settings, raw);
      expect(found).to.deep.equal([]);
    }).timeout(20_000);
    it(`in a template of an account with ${code} that is laid over a sound one`, async () => {
      const onto = snapshotOf(isOfRules(raw) ? inOneRegion(eventWorld()) : soundWorld());
      const settings: Settings = { onto, stack: { kind: 'new' } };
      const found = await contradictions(template, possibleOnto(templatesWithUnknown(template)), settings, raw);
      expect(found).to.deep.equal([]);
    }).timeout(20_000);
    const plan = recorded.plans[code];
    if (plan === undefined) continue;
    const text = planFor(recorded, plan);
    it(`in a plan of an account with ${code}`, async () => {
      const found = await contradictions(text, plansWithUnknown(text), { accountId: ACCOUNT }, raw);
      expect(found).to.deep.equal([]);
    }).timeout(20_000);
    it(`in a plan of an account with ${code} that is laid over a sound one`, async () => {
      const onto = snapshotOf(isOfRules(raw) ? eventWorld() : soundWorld());
      const found = await contradictions(text, possibleOnto(plansWithUnknown(text)), { onto }, raw);
      expect(found).to.deep.equal([]);
    }).timeout(20_000);
  }
});
