import { expect } from 'chai';

import { policyForEvents } from '../../../src/remediation/plan/fix/topic-policy.ts';
import { block, expression } from '../../../src/remediation/render/terraform/hcl.ts';
import { policyDocument } from '../../../src/remediation/render/terraform/policy-document.ts';
import { ACCOUNT, TOPIC_ARN } from '../../support/worlds/world.ts';

const written = (policy: string) =>
  block(policyDocument(policy, 'one', new Map([[TOPIC_ARN, expression('topic.arn')]])));
const withStatement = (change: object) => {
  const { Statement, ...others } = JSON.parse(policyForEvents(TOPIC_ARN)) as { readonly Statement: readonly object[] };
  return JSON.stringify({ ...others, Statement: Statement.map((one) => ({ ...one, ...change })) });
};

describe('the policy of a new topic in Terraform', () => {
  it('refers to the topic wherever the policy names it', () => {
    const text = written(policyForEvents(TOPIC_ARN));
    expect(text).not.to.contain(TOPIC_ARN);
    expect(text.match(/resources = \[topic\.arn\]/g)).to.have.lengthOf(2);
  });

  it('holds the owner to the account and lets EventBridge publish', () => {
    const text = written(policyForEvents(TOPIC_ARN)).replaceAll(/\s+/g, ' ');
    expect(text).to.contain(
      `condition { test = "StringEquals" variable = "AWS:SourceOwner" values = ["${ACCOUNT}"] } } statement { sid = "AllowEventBridge" actions = ["sns:Publish"] resources = [topic.arn] principals { type = "Service" identifiers = ["events.amazonaws.com"] } } }`,
    );
  });

  it('is refused where a part of the policy could not be written', () => {
    for (const change of [{ Effect: 'Deny' }, { NotAction: 'sns:Publish' }, { Principal: '*' }]) {
      expect(() => written(withStatement(change)), JSON.stringify(change)).to.throw();
    }
  });
});
