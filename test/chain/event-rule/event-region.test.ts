import { expect } from 'chai';

import { eventRegionOf } from '../../../src/chain/event-rule/event-region.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT } from '../../support/worlds/world.ts';

describe('the region of the event bus that gets the events', () => {
  const of = (raw: Readonly<Record<string, string>>, region = 'eu-west-1') =>
    eventRegionOf(parametersOf(raw).control, { accountId: ACCOUNT, region });
  const own = (premises?: string) => ({
    filterPattern: '{ $.eventName = RunInstances }',
    ...(premises === undefined ? {} : { premises }),
  });

  it('follows from the control of the catalog: one region, or every region', () => {
    expect(of({ controlId: 'CloudWatch.4' })).to.deep.equal({ kind: 'one', region: 'us-east-1' });
    expect(of({ controlId: 'CloudWatch.10' })).to.deep.equal({ kind: 'every' });
  });

  it('is not known in a partition whose pages write other words', () => {
    expect(of({ controlId: 'CloudWatch.4' }, 'cn-north-1')).to.deep.equal({ kind: 'not-known' });
    expect(of({ controlId: 'CloudWatch.10' }, 'cn-north-1')).to.deep.equal({ kind: 'not-known' });
  });

  it("follows for a pattern of one's own from premises that name the region, or a global service", () => {
    expect(of(own('{ $.awsRegion = "eu-west-1" }'))).to.deep.equal({ kind: 'one', region: 'eu-west-1' });
    expect(of(own('{ $.awsRegion = "us-east-1" }'))).to.deep.equal({ kind: 'one', region: 'us-east-1' });
    expect(of(own('{ $.eventSource = "iam.amazonaws.com" }'))).to.deep.equal({ kind: 'one', region: 'us-east-1' });
  });

  it('follows from the pattern itself as well', () => {
    const filterPattern = '{ $.eventName = CreateUser && $.eventSource = "iam.amazonaws.com" }';
    expect(of({ filterPattern })).to.deep.equal({ kind: 'one', region: 'us-east-1' });
  });

  it('is not known where they name a regional service, a third region, or nothing', () => {
    expect(of(own('{ $.eventSource = "ec2.amazonaws.com" }'))).to.deep.equal({ kind: 'not-known' });
    expect(of(own('{ $.awsRegion = "ap-south-1" }'))).to.deep.equal({ kind: 'not-known' });
    expect(of(own())).to.deep.equal({ kind: 'not-known' });
  });
});
