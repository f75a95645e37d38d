import { readdirSync, readFileSync } from 'node:fs';

import { expect } from 'chai';
import fc from 'fast-check';

import { SnapshotError, parseSnapshot, snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { arbitraryInventory } from '../support/arbitrary-world.ts';
import { TRAIL_ARN, snapshotOf, soundWorld } from '../support/world.ts';

const file = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ formatVersion: 1, ...snapshotOf(soundWorld()), ...change });

describe('a snapshot', () => {
  it('is read as it was saved', () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        expect(parseSnapshot(JSON.stringify({ formatVersion: 1, ...inventory }))).to.deep.equal(inventory);
      }),
    );
  });

  for (const name of readdirSync('events/accounts')) {
    it(`is what events/accounts/${name} holds`, () => {
      expect(parseSnapshot(readFileSync(`events/accounts/${name}`, 'utf8')).accountId).to.match(/^\d{12}$/);
    });
  }

  const wrong: readonly (readonly [claim: string, text: string, message: RegExp])[] = [
    ['that is no JSON', '{', /^not JSON: /],
    ['that is no object', '[]', /^expected one JSON object, found a list$/],
    ['of another format version', file({ formatVersion: 2 }), /^at `formatVersion`: expected 1, found 2$/],
    ['without an account', file({ accountId: undefined }), /^at `accountId`: expected "accountId", found undefined$/],
    ['of no account', file({ accountId: '12' }), /^at `accountId`: expected twelve digits, found "12"$/],
    [
      'read at no time',
      file({ readAt: 'today' }),
      /^at `readAt`: expected a time in UTC such as "2026-11-20T10:00:00.000Z", found "today"$/,
    ],
    [
      'with a part of no known kind',
      file({ parts: { trials: {} } }),
      /^at `parts\.trials`: expected never, found "trials"$/,
    ],
    [
      'with a part that is neither present nor unreadable',
      file({ parts: { trails: { account: { kind: 'missing' } } } }),
      /^at `parts\.trails\.account\.kind`: expected \("present" \| "unreadable"\), found "missing"$/,
    ],
    [
      'with a value of another type deep inside',
      file({ parts: { 'trail-status': { [TRAIL_ARN]: { kind: 'present', value: { isLogging: 'yes' } } } } }),
      /^at `parts\.trail-status\["arn:aws:cloudtrail:eu-west-1:111122223333:trail\/main"\]\.value\.isLogging`: expected boolean, found "yes"$/,
    ],
  ];
  for (const [claim, text, message] of wrong) {
    it(`${claim} is refused with the path, what was expected and what was found`, () => {
      expect(() => parseSnapshot(text)).to.throw(SnapshotError, message);
    });
  }

  it('answers for what it does not hold that it cannot be told', async () => {
    const reader = snapshotReader({ ...snapshotOf(soundWorld()), parts: {} });
    const [answer] = await reader.read([{ kind: 'trails' }]);
    expect(answer?.part).to.deep.equal({
      kind: 'unreadable',
      failure: { service: 'snapshot', operation: 'trails', error: 'NotInSnapshot' },
    });
  });
});
