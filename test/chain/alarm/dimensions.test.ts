import { expect } from 'chai';

import { dimensionsMatch } from '../../../src/chain/alarm/dimensions.ts';
import { contextOf } from '../../support/judging.ts';
import { findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  alarm,
  filter,
  snapshotOf,
  soundWorld,
  trail,
} from '../../support/worlds/world.ts';

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
    ['needs the same names, not as many', on({ A: '$.recipientAccountId' }, { B: ACCOUNT }), 'ALARM_OTHER_DIMENSIONS'],
    [
      'does not know what a star in a value means',
      on({ E: '$.eventName' }, { E: 'Deactivate*' }),
      'ALARM_NOT_COMPUTED',
    ],
    ['does not know a value that is no field of the event', on({ E: 'eventName' }, { E: 'x' }), 'ALARM_NOT_COMPUTED'],
    ['does not know a field that is not understood', on({ E: '$.[' }, { E: 'x' }), 'ALARM_NOT_COMPUTED'],
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

  it('does not know what there was no time to compare', () => {
    const own = publishing({ dimensions: { E: '$.requestParameters.serialNumber' } });
    const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: own };
    const context = { ...contextOf(snapshotOf(soundWorld())), isOver: () => true };
    expect(dimensionsMatch([{ name: 'E', value: 'late' }], path, context)).to.equal('undecided');
  });

  const system = (field: string, value: string) =>
    withFilters([filter({ emitSystemFieldDimensions: [field] })], [], alarm({ dimensions: [{ name: field, value }] }));
  it('knows the account and region of its log group', () => {
    expect(findingsIn(system('@aws.account', ACCOUNT))).to.deep.equal(['mfa-alarm: holds']);
    expect(findingsIn(system('@aws.region', REGION))).to.deep.equal(['mfa-alarm: holds']);
    expect(findingsIn(system('@aws.account', '999900001111'))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
    expect(findingsIn(system('@aws.other', ACCOUNT))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
  });
});
