import { expect } from 'chai';

import { reasonCodes } from '../../src/chain/reasons.ts';

describe('reason codes', () => {
  it('are used once each', () => {
    expect(new Set(reasonCodes)).to.have.lengthOf(reasonCodes.length);
  });
});
