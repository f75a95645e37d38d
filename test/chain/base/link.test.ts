import { expect } from 'chai';

import type { Finding } from '../../../src/chain/base/link.ts';
import { end, findingsOf, mostSevere, needs, step, steps } from '../../../src/chain/base/link.ts';
import { byPerson } from '../../../src/chain/base/fixed-by.ts';
import { subscriptionsKey } from '../../../src/inventory/part-keys.ts';
import { TOPIC_ARN } from '../../support/worlds/world.ts';

const finding = (code: string, outcome: Finding['outcome']): Finding => ({ code, outcome, sentence: code, fix: 'fix' });
const broken = finding('BROKEN', 'broken');
const undecided = finding('UNDECIDED', 'undecided');
const path = { topicArn: TOPIC_ARN };

describe('a step of a link', () => {
  it('leads on if the link holds', () => {
    expect(step('topic', path)).to.deep.equal({ kind: 'onward', subject: 'topic', path });
  });

  it('leads on with a doubt, since the next link may still break for certain', () => {
    const expected = { kind: 'onward', subject: 'topic', path, finding: undecided };
    expect(step('topic', path, undecided)).to.deep.equal(expected);
  });

  it('ends at a certain break, and where nothing can be followed', () => {
    expect(step('topic', path, broken)).to.deep.equal({ kind: 'end', subject: 'topic', path, finding: broken });
    expect(end('topic', path, undecided)).to.deep.equal({ kind: 'end', subject: 'topic', path, finding: undecided });
  });
});

describe('the answer of a link', () => {
  it('is its steps, or what it needs to have any', () => {
    const [one, other] = [step('one', path), end('other', path, broken)];
    expect(steps(one, other)).to.deep.equal({ steps: [one, other], needs: [] });
    const key = subscriptionsKey(TOPIC_ARN);
    expect(needs(key)).to.deep.equal({ steps: [], needs: [key] });
  });
});

describe('of several findings on one link', () => {
  const rows: readonly (readonly [claim: string, findings: readonly (Finding | undefined)[], Finding | undefined])[] = [
    ['none counts where there is none', [undefined, undefined], undefined],
    ['a doubt counts', [undefined, undecided], undecided],
    ['the first doubt counts', [undecided, finding('LATER', 'undecided')], undecided],
    ['a certain break beats a doubt before it', [undecided, undefined, broken], broken],
    ['the first break counts', [broken, finding('LATER', 'broken')], broken],
  ];
  for (const [claim, findings, expected] of rows) {
    it(claim, () => {
      expect(mostSevere(findings)).to.deep.equal(expected);
    });
  }
});

describe('findings of a table of reasons', () => {
  const found = findingsOf({
    GONE: {
      outcome: 'broken',
      meaning: 'Something is gone.',
      sentence: ({ what }: { readonly what: string }) => `${what} is gone`,
      fix: ({ who }: { readonly who: string }) => `ask ${who}`,
      fixedBy: byPerson('it is gone'),
    },
  });
  const words = { code: 'GONE', outcome: 'broken', sentence: 'the topic is gone', fix: 'ask its owner' };

  it('have the outcome of the reason, and its words for the facts', () => {
    expect(found('GONE', { what: 'the topic', who: 'its owner' })).to.deep.equal(words);
  });

  it('carry what proves them', () => {
    const failure = { service: 'sns', operation: 'GetTopicAttributes', error: 'NotFound' };
    const proved = found('GONE', { what: 'the topic', who: 'its owner' }, { event: '{}', failure });
    expect(proved).to.deep.equal({ ...words, event: '{}', failure });
  });
});
