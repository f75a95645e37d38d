import { expect } from 'chai';

import { deliversTo, isConfirmed } from '../../../src/chain/base/subscription.ts';
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

// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
describe('a topic', () => {
  const topicArn = 'arn:aws:sns:eu-west-1:111122223333:security';

  it('delivers by every protocol, and a FIFO topic of the known ones to queues only', () => {
    for (const protocol of ['email', 'https', 'sms', 'lambda', 'sqs', 'new-protocol']) {
      expect(deliversTo(topicArn, protocol), protocol).to.equal(true);
    }
    for (const protocol of ['email', 'https', 'sms', 'lambda']) {
      expect(deliversTo(`${topicArn}.fifo`, protocol), protocol).to.equal(false);
    }
    for (const protocol of ['sqs', 'new-protocol']) {
      expect(deliversTo(`${topicArn}.fifo`, protocol), protocol).to.equal(true);
    }
  });

  it('is a FIFO topic only if its name ends so', () => {
    expect(deliversTo('arn:aws:sns:eu-west-1:111122223333:a.fifo.topic', 'email')).to.equal(true);
  });
});
