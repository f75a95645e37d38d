import { expect } from 'chai';

import { regionsOf } from '../../../src/chain/trail/regions.ts';
import type { Trail } from '../../../src/inventory/resources.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT, trail } from '../../support/worlds/world.ts';

const account = { accountId: ACCOUNT, region: 'us-east-1' };

/** Of a trail of one region, by default in time. */
function regionsFor(
  homeRegion: string,
  raw: Readonly<Record<string, string>>,
  change: Partial<Trail> = {},
  isOver = () => false,
) {
  const trailArn = `arn:aws:cloudtrail:${homeRegion}:${ACCOUNT}:trail/main`;
  const single = trail({ trailArn, homeRegion, isMultiRegionTrail: false, ...change });
  return regionsOf(single, parametersOf(raw).control, account, isOver);
}

const inRegion = (region: string, eventName = 'RunInstances') => ({
  filterPattern: `{ $.eventName = ${eventName} }`,
  premises: `{ $.eventCategory = "Management" && $.awsRegion = "${region}" }`,
});

describe('the regions that a trail records', () => {
  it('are all of them for a multi-region trail', () => {
    expect(regionsFor('eu-west-1', { controlId: 'CloudWatch.6' }, { isMultiRegionTrail: true })).to.equal('covered');
  });

  it('include that of global services in us-east-1, where CloudTrail records them', () => {
    expect(regionsFor('us-east-1', {})).to.equal('covered');
    expect(regionsFor('eu-west-1', {})).to.equal('global services missed');
  });

  it('cover what arises in its own region only', () => {
    expect(regionsFor('eu-west-1', inRegion('eu-west-1'))).to.equal('covered');
    expect(regionsFor('eu-west-1', inRegion('eu-west-2'))).to.equal('missed');
  });

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
  it('lack global services only where these are recorded, for a trail that leaves them out', () => {
    const leavesOut = { includeGlobalServiceEvents: false };
    expect(regionsFor('eu-west-1', inRegion('eu-west-1'), leavesOut)).to.equal('covered');
    expect(regionsFor('us-east-1', inRegion('us-east-1'), leavesOut)).to.equal('not known');
  });

  it('are not documented for global services where the ARN does not say which partition it is', () => {
    expect(regionsFor('us-east-1', {}, { trailArn: 'main' })).to.equal('global services not documented');
  });

  describe('with the time over', () => {
    it('are not known where the premises decide', () => {
      expect(regionsFor('eu-west-1', inRegion('eu-west-1', 'Late'), {}, () => true)).to.equal('not known');
    });

    it('are not known after the first comparison', () => {
      let asked = 0;
      const raw = { filterPattern: '{ $.eventName = LateAfterOne }' };
      expect(regionsFor('eu-west-1', raw, {}, () => (asked += 1) > 1)).to.equal('not known');
    });

    it('are known as before where the control says where its events arise', () => {
      expect(regionsFor('us-east-1', {}, {}, () => true)).to.equal('covered');
    });
  });
});
