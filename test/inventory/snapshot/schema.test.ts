import { expect } from 'chai';
import type * as v from 'valibot';

import type { PartKind, Parts } from '../../../src/inventory/model.ts';
import type { parts } from '../../../src/inventory/snapshot/schema/part-schemas.ts';
import { partKinds } from '../../../src/inventory/snapshot/schema/part-schemas.ts';

/**
 * The same with every optional member required, at any depth, so that one that is missing on one side does not compile. Who
 * confirms a subscription is said of plans and templates, which are not saved.
 */
type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { readonly [K in keyof T as Exclude<K, 'confirmedBy'>]-?: Whole<Exclude<T[K], undefined>> }
    : T;
type OfSchema = Whole<v.InferOutput<typeof parts>>;
type OfModel = Whole<Parts>;

describe('the schema of the parts of a snapshot', () => {
  it('has every field of the model, also those that may be absent', () => {
    const fromSchema = (part: OfSchema): OfModel => part;
    const fromModel = (part: OfModel): OfSchema => part;
    const none = {} as OfModel;
    expect(fromSchema(fromModel(none))).to.equal(none);
  });

  it('has every kind of part once', () => {
    const first: PartKind = 'trails';
    expect(partKinds[0]).to.equal(first);
    expect(new Set(partKinds).size).to.equal(partKinds.length);
  });
});
