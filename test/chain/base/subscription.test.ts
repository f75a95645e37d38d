import { expect } from 'chai';

import { isConfirmed } from '../../../src/chain/base/subscription.ts';
import { confirmed } from '../../support/worlds/world.ts';

describe('a subscription', () => {
  it('is confirmed once it has an ARN, in every partition', () => {
    for (const partition of ['aws', 'aws-cn', 'aws-us-gov']) {
      const subscriptionArn = `arn:${partition}:sns:eu-west-1:111122223333:security:5d3c9f0e`;
      expect(isConfirmed(confirmed({ subscriptionArn }))).to.equal(true);
    }
  });

  it('is not confirmed while SNS lists other words in place of its ARN', () => {
    for (const subscriptionArn of ['PendingConfirmation', 'Deleted', '']) {
      expect(isConfirmed(confirmed({ subscriptionArn })), subscriptionArn).to.equal(false);
    }
  });
});
