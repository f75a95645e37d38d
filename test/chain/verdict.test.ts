import { expect } from 'chai';

import { chainOf } from '../../src/chain/verdict.ts';
import { linkWith, satisfied } from '../support/chains.ts';

describe('a chain of links', () => {
  const [holds] = satisfied('metric-filter').links;
  const doubt = linkWith('log group', 'LOG_DELIVERY_UNKNOWN');
  const laterDoubt = linkWith('topic', 'TOPIC_POLICY_UNCERTAIN');
  const broken = linkWith('topic', 'TOPIC_GONE');
  const laterBreak = linkWith('subscriber', 'NO_SUBSCRIBER');
  if (holds === undefined) throw new Error('a route without links');
  const rows = [
    ['is satisfied if all links hold', [holds, holds], 'satisfied'],
    ['is undecided with the first doubt', [holds, doubt, laterDoubt], doubt.finding],
    ['is broken by the first break', [holds, broken, laterBreak], broken.finding],
    ['is broken by a certain break behind a doubt', [doubt, laterDoubt, laterBreak], laterBreak.finding],
    ['is broken by a certain break before a doubt', [broken, doubt], broken.finding],
  ] as const;
  for (const [claim, links, finding] of rows) {
    it(claim, () => {
      const path = { topicArn: 'arn:aws:sns:eu-west-1:111122223333:security' };
      const outcome = finding === 'satisfied' ? finding : finding?.outcome;
      const expected = { route: 'metric-filter', outcome, path, links };
      const chain = chainOf('metric-filter', path, links);
      expect(chain).to.deep.equal(finding === 'satisfied' ? expected : { ...expected, finding });
    });
  }
});
