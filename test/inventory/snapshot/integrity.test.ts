import { generateKeyPairSync } from 'node:crypto';

import { expect } from 'chai';
import fc from 'fast-check';

import { canonicalJson } from '../../../src/inventory/snapshot/canonical-json.ts';
import {
  checkSignature,
  fingerprintOf,
  localSigner,
  publicKeyOf,
  signed,
} from '../../../src/inventory/snapshot/signature.ts';
import { duplicateMember } from '../../../src/inventory/snapshot/duplicate-member.ts';
import { inexactNumber } from '../../../src/inventory/snapshot/inexact-number.ts';
import { openSnapshot, snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';

const file = snapshotFile(snapshotOf(soundWorld()), { caller: 'arn:aws:iam::111122223333:user/jane' });
const now = new Date('2026-11-20T10:00:00Z');

/** Every place in a value that holds a text, a number or a truth value, as a path. */
function* leavesOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) yield path;
  else for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name]);
}

function changedAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return typeof value === 'string' ? `${value}x` : 'x';
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = changedAt(copy[name], rest);
  return copy;
}

describe('the canonical form of JSON', () => {
  it('is that of RFC 8785 for its example of sorting', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '1': 'One',
      '\u00f6': 'o',
      '\ud83d\ude00': 'Smile',
    };
    expect(canonicalJson(sample)).to.equal(
      '{"\\r":"Carriage Return","1":"One","\u00f6":"o","\u20ac":"Euro Sign","\ud83d\ude00":"Smile"}',
    );
  });

  it('is JSON of the same value, and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.stringify(JSON.parse(text))).to.equal(text === '-0' ? '0' : JSON.stringify(JSON.parse(text)));
        expect(canonicalJson(JSON.parse(text))).to.equal(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).to.equal(text);
        }
      }),
    );
  });
});

describe('the digest of a snapshot', () => {
  it('stays when the file is indented and sorted otherwise', () => {
    const { integrity, ...rest } = file;
    const other = JSON.stringify({ integrity, ...Object.fromEntries(Object.entries(rest).reverse()) }, undefined, 7);
    expect(openSnapshot(other).digest).to.equal(integrity.sha256);
  });

  it('is another one when any value outside of it changes', () => {
    const { integrity, ...contents } = file;
    const digests = new Set([integrity.sha256]);
    let changes = 0;
    for (const path of leavesOf(contents)) {
      // What is no snapshot any more is refused, which is as good.
      try {
        digests.add(openSnapshot(JSON.stringify(changedAt(file, path))).digest);
      } catch {
        continue;
      }
      changes += 1;
    }
    expect(changes).to.be.greaterThan(30);
    expect(digests.size).to.equal(changes + 1);
  });
});

const pairs = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const;

describe('a member that is given twice', () => {
  it('is found in any object, however it is spelled, and is refused, since programs read different ones', () => {
    const text = JSON.stringify(file);
    for (const [from, to] of [
      ['"accountId":"111122223333"', '"accountId":"999900001111","accountId":"111122223333"'],
      ['"accountId":"111122223333"', '"account\\u0049d":"999900001111","accountId":"111122223333"'],
      ['"isLogging":true', '"isLogging":false,"isLogging":true'],
    ] as const) {
      const changed = text.replace(from, to);
      expect(changed).not.to.equal(text);
      expect(JSON.parse(changed)).to.deep.equal(JSON.parse(text));
      expect(() => openSnapshot(changed)).to.throw(/has the member `(accountId|isLogging)` twice/);
    }
  });

  it('is not found in JSON that has none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(duplicateMember(JSON.stringify([value, { a: value, b: [value, { a: value }] }]))).to.equal(undefined);
      }),
    );
  });
});

describe('a number that a double does not hold', () => {
  for (const number of ['9007199254740993', '1.00000000000000000001', '1e400', '1e-400', '-123456789012345678901']) {
    it(`is found: ${number}`, () => {
      expect(inexactNumber(`{"a":["9007199254740993",1,${number}]}`)).to.equal(number);
    });
  }

  it('is not found in other spellings of a number, nor in texts', () => {
    expect(inexactNumber('[1.0,1e0,10E-1,-0,0.0,9007199254740992,1e21,"1e400","\\"1e400"]')).to.equal(undefined);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(inexactNumber(JSON.stringify(value))).to.equal(undefined);
      }),
    );
  });
});

describe('the signature of a snapshot', () => {
  for (const [type, makePair] of Object.entries(pairs)) {
    it(`with a key of type ${type} is valid, and not once anything that is signed changes`, async () => {
      const { privateKey, publicKey } = makePair();
      const signer = localSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
      const { integrity } = await signed(file, signer, now);
      const fingerprint = fingerprintOf(publicKeyOf(publicKey.export({ type: 'spki', format: 'pem' }) as string));
      expect(checkSignature(integrity)).to.deep.equal({ kind: 'valid', fingerprint });
      for (const path of leavesOf(integrity)) {
        const changed = changedAt(integrity, path) as typeof integrity;
        // A byte after the end of base64 is no change.
        if (path.at(-1) === 'value') continue;
        expect(checkSignature(changed).kind, path.join('.')).not.to.equal('valid');
      }
      const other = await signed(snapshotFile(snapshotOf(soundWorld()), {}), signer, now);
      const swapped = {
        ...integrity,
        signature: { ...integrity.signature, value: other.integrity.signature?.value ?? '' },
      };
      expect(checkSignature(swapped as typeof integrity).kind).to.equal('invalid');
    });
  }

  it('is not determined in an algorithm that is none, such as the name of a member that every object has', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const signer = localSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    for (const algorithm of ['constructor', 'toString', '__proto__', '', 'none', 'HMAC_SHA_256']) {
      const { integrity } = await signed(file, { ...signer, algorithm }, now);
      expect(checkSignature(integrity).kind, algorithm).to.equal('undecided');
    }
  });

  it('needs a private key that signs', () => {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    expect(() => localSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)).to.throw(
      /of type x25519: use/,
    );
    expect(() => localSigner(publicKey.export({ type: 'spki', format: 'pem' }) as string)).to.throw();
    expect(() => localSigner('no key')).to.throw();
  });
});
