import { expect } from 'chai';

import { findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import type { World } from '../../support/worlds/world.ts';
import { ACCOUNT, REGION, alarm, filter } from '../../support/worlds/world.ts';

describe('an alarm with dimensions that the filter takes from the event', () => {
  const on = (dimensions: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) =>
    withFilters(
      [publishing({ dimensions })],
      [],
      alarm({ dimensions: Object.entries(wanted).map(([name, value]) => ({ name, value })) }),
    );
  const rows: readonly (readonly [claim: string, world: World, expected: string])[] = [
    ['sees the account of the trail', on({ A: '$.recipientAccountId' }, { A: ACCOUNT }), 'holds'],
    ['sees no other account', on({ A: '$.recipientAccountId' }, { A: '999900001111' }), 'ALARM_OTHER_DIMENSIONS'],
    ['sees the name that is required', on({ E: '$.eventName' }, { E: 'DeactivateMFADevice' }), 'holds'],
    ['sees the source that the control names', on({ S: '$.eventSource' }, { S: 'iam.amazonaws.com' }), 'holds'],
    ['does not know who calls', on({ U: '$.userIdentity.userName' }, { U: 'alice' }), 'ALARM_NOT_COMPUTED'],
    [
      'sees two dimensions that are fixed',
      on({ A: '$.recipientAccountId', E: '$.eventName' }, { A: ACCOUNT, E: 'DeactivateMFADevice' }),
      'holds',
    ],
    [
      'needs all dimensions',
      on({ A: '$.recipientAccountId', E: '$.eventName' }, { A: ACCOUNT }),
      'ALARM_OTHER_DIMENSIONS',
    ],
  ];
  for (const [claim, world, expected] of rows) {
    it(claim, () => {
      expect(findingsIn(world)).to.deep.equal([`mfa-alarm: ${expected}`]);
    });
  }

  const system = (field: string, value: string) =>
    withFilters([filter({ emitSystemFieldDimensions: [field] })], [], alarm({ dimensions: [{ name: field, value }] }));
  it('knows the account and region of its log group', () => {
    expect(findingsIn(system('@aws.account', ACCOUNT))).to.deep.equal(['mfa-alarm: holds']);
    expect(findingsIn(system('@aws.region', REGION))).to.deep.equal(['mfa-alarm: holds']);
    expect(findingsIn(system('@aws.account', '999900001111'))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
    expect(findingsIn(system('@aws.other', ACCOUNT))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
  });
});
