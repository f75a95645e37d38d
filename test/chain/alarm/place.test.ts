import { expect } from 'chai';

import { placeOf } from '../../../src/chain/alarm/place.ts';
import { ACCOUNT, LOG_GROUP_ARN, REGION, alarm, trail } from '../../support/worlds/world.ts';

describe('the place of an alarm', () => {
  const placeIn = (logGroupArn: string) => placeOf({ trail: trail(), logGroupArn, alarm: alarm() });

  it('is that of the log group, and none where that has no ARN', () => {
    expect(placeIn(LOG_GROUP_ARN)).to.deep.equal({ accountId: ACCOUNT, region: REGION, alarmName: 'mfa-alarm' });
    expect(placeIn('main')).to.deep.equal({ accountId: '', region: '', alarmName: 'mfa-alarm' });
  });
});
