import { expect } from 'chai';

import { kept, redactMembers, redactTime } from '../../src/redaction/redact-members.ts';
import { redact } from '../../src/redaction/redact.ts';
import { plantedAccount } from './planted-account.ts';
import { leftOf } from './planted-texts.ts';

interface Thing {
  readonly size: number;
  readonly name?: string;
}

describe('an object that is copied member by member', () => {
  it('needs a rule for each member of its type, also for one that may be absent', () => {
    // @ts-expect-error: `name` has no rule
    const copy = redactMembers<Thing>({ size: 1, name: 'Zelenka' }, { size: kept });
    expect(copy).to.deep.equal({ size: 1 });
  });

  it('has neither a member that is absent, nor one that the type does not know', () => {
    const thing = { size: 1, nickname: 'Zelenka' };
    expect(redactMembers<Thing>(thing, { size: kept, name: () => 'x' })).to.deep.equal({ size: 1 });
  });

  it('keeps a time, and no other text in its place', () => {
    for (const time of ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00+01:00'])
      expect(redactTime(time)).to.equal(time);
    for (const text of ['', 'Zelenka', '2026-11-20T10:00:00Z Zelenka', '2026-11-20', '+49 172 5550199'])
      expect(redactTime(text), text).to.equal('redacted');
  });

  it('leaks nothing of members that the model does not know, wherever they are', () => {
    const { parts, ...inventory } = plantedAccount('name');
    const count = { objects: 0 };
    const ofKinds = Object.entries(parts).map(([kind, named]) => {
      const values = Object.entries(named).map(([id, part]) => [id, withMember<unknown>(part, 'Zelenka', count)]);
      return [kind, Object.fromEntries(values)] as const;
    });
    const copy = redact({ ...inventory, parts: Object.fromEntries(ofKinds) }).copy;
    expect(count.objects).to.be.greaterThan(40);
    expect(leftOf('Zelenka', JSON.stringify(copy))).to.deep.equal([]);
  });
});

/** The same with one more member in each object, however deep. */
function withMember<T>(value: T, text: string, count: { objects: number }): T {
  if (Array.isArray(value)) return value.map((one: unknown) => withMember(one, text, count)) as T;
  if (typeof value !== 'object' || value === null) return value;
  count.objects += 1;
  const members = Object.entries(value).map(([name, one]) => [name, withMember(one as unknown, text, count)]);
  return { ...Object.fromEntries(members), more: text } as T;
}
