import { expect } from 'chai';

import { judgeVisibility } from '../../../src/chain/metric-filter/visibility.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { MetricFilter } from '../../../src/inventory/resources.ts';
import { contextOf } from '../../support/judging.ts';
import {
  LOG_GROUP_ARN,
  denied,
  filter,
  keyName,
  onlyParts,
  present,
  replacing,
  snapshotOf,
  soundWorld,
} from '../../support/worlds/world.ts';

const sound = snapshotOf(soundWorld());
const withTransformers = (ofLogGroup: boolean, ofAccount: boolean) =>
  replacing(sound, 'log-transformers', LOG_GROUP_ARN, present({ ofLogGroup, ofAccount }));

function seen(
  change: Partial<MetricFilter>,
  inventory: Inventory = sound,
  raw: Readonly<Record<string, unknown>> = {},
) {
  const { finding, needs = [] } = judgeVisibility(filter(change), LOG_GROUP_ARN, contextOf(inventory, raw));
  return finding?.sentence ?? (needs.length > 0 ? needs.map(keyName) : 'sees the events');
}

describe('what a metric filter sees', () => {
  const onTransformed = { applyOnTransformedLogs: true };

  it('is every event as it arrives, by default, whatever transforms the log', () => {
    expect(seen({}, withTransformers(true, true))).to.equal('sees the events');
  });

  it('is what the transformers leave, where it applies to transformed logs', () => {
    const blind = 'metric filter mfa may not see the events: it applies to transformed logs';
    expect(seen(onTransformed, withTransformers(true, false))).to.contain(blind);
    expect(seen(onTransformed, withTransformers(false, true))).to.contain(blind);
    expect(seen(onTransformed, withTransformers(false, false))).to.equal('sees the events');
  });

  it('is not determined where it selects by system fields', () => {
    expect(seen({ fieldSelectionCriteria: '@aws.account = 1' })).to.equal(
      'metric filter mfa may not see the events: it selects by @aws.account = 1',
    );
  });

  it('is not restricted by an empty selection', () => {
    expect(seen({ fieldSelectionCriteria: '' })).to.equal('sees the events');
  });

  it('depends on the transformers, which are read only if it applies to transformed logs', () => {
    const without = onlyParts(sound, (kind) => kind !== 'log-transformers');
    expect(seen({}, without)).to.equal('sees the events');
    expect(seen(onTransformed, without)).to.deep.equal([`log-transformers ${LOG_GROUP_ARN}`]);
    const refused = replacing(sound, 'log-transformers', LOG_GROUP_ARN, denied('logs', 'GetTransformer'));
    expect(seen(onTransformed, refused)).to.contain('logs:GetTransformer');
  });

  it('is not asked under the assurance `configured`', () => {
    const configured = { assurance: 'configured' };
    expect(seen({ fieldSelectionCriteria: '@aws.account = 1' }, sound, configured)).to.equal('sees the events');
    expect(seen(onTransformed, withTransformers(true, true), configured)).to.equal('sees the events');
  });
});
