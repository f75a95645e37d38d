import { expect } from 'chai';

import { ruleArn } from '../../../src/chain/base/rule-arn.ts';
import { eventRule } from '../../support/worlds/event-world.ts';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
describe('the ARN of a rule', () => {
  const place = 'arn:aws:events:us-east-1:111122223333';
  const arnOn = (bus: string) => ruleArn({ eventBusArn: `${place}:event-bus/${bus}`, rule: eventRule() });

  it('names the bus unless that is the default one', () => {
    expect(arnOn('default')).to.equal(`${place}:rule/mfa-rule`);
    expect(arnOn('default-2')).to.equal(`${place}:rule/default-2/mfa-rule`);
    expect(arnOn('security')).to.equal(`${place}:rule/security/mfa-rule`);
  });

  it('has the whole name of the bus of a partner', () => {
    expect(arnOn('aws.partner/example.com/one')).to.equal(`${place}:rule/aws.partner/example.com/one/mfa-rule`);
  });
});
