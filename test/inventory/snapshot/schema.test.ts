import { expect } from 'chai';
import type * as v from 'valibot';

import type { Part, PartKind, PartValues } from '../../../src/inventory/model.ts';
import type { Subscription } from '../../../src/inventory/resources.ts';
import type { parts } from '../../../src/inventory/snapshot/schema/part-schemas.ts';
import { partKinds } from '../../../src/inventory/snapshot/schema/part-schemas.ts';
import { SnapshotError, openSnapshot, snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { TOPIC_ARN, confirmed, snapshotOf, soundWorld } from '../../support/worlds/world.ts';

/** Who confirms a subscription is said of plans and templates, which are not saved. Only a subscription has this exception. */
const notSaved = 'confirmedBy' satisfies keyof Subscription;

/** The value of each kind of part as a snapshot holds it. */
type SavedValues = Omit<PartValues, 'subscriptions'> & {
  readonly subscriptions: readonly Omit<Subscription, typeof notSaved>[] | null;
};
type SavedParts = { readonly [K in PartKind]?: Readonly<Record<string, Part<SavedValues[K]>>> };

/** The same with every optional member required, at any depth, so that one that is missing on one side does not compile. */
type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;
type OfSchema = Whole<v.InferOutput<typeof parts>>;
type OfModel = Whole<SavedParts>;

describe('the schema of the parts of a snapshot', () => {
  it('has every field of the model, also those that may be absent', () => {
    const fromSchema = (part: OfSchema): OfModel => part;
    const fromModel = (part: OfModel): OfSchema => part;
    const none = {} as OfModel;
    expect(fromSchema(fromModel(none))).to.equal(none);
  });

  it('does not have who confirms a subscription, so a file that says it is no snapshot', () => {
    const fileWith = (subscription: Subscription) =>
      JSON.stringify(snapshotFile(snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [subscription] } })), {}));
    expect(openSnapshot(fileWith(confirmed())).inventory.parts.subscriptions).to.have.any.keys(TOPIC_ARN);
    expect(() => openSnapshot(fileWith({ ...confirmed(), [notSaved]: 'oncall@example.com' }))).to.throw(
      SnapshotError,
      /`parts\.subscriptions.*confirmedBy/,
    );
  });

  it('has every kind of part once', () => {
    const first: PartKind = 'trails';
    expect(partKinds[0]).to.equal(first);
    expect(new Set(partKinds).size).to.equal(partKinds.length);
  });
});
