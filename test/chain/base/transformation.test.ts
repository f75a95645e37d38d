import { expect } from 'chai';

import { transformationOf } from '../../../src/chain/base/transformation.ts';
import { filter } from '../../support/worlds/world.ts';

// "Array Members: Fixed number of 1 item":
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricFilter.html
describe('what a metric filter publishes', () => {
  const one = { metricNamespace: 'Security', metricName: 'MfaDeactivated', metricValue: '1' };

  it('is its one transformation', () => {
    expect(transformationOf(filter({ metricTransformations: [one] }))).to.deep.equal(one);
  });

  it('is not known where the listing has none, several, or one without a metric', () => {
    const unknown = [[], [one, one], [{ ...one, metricName: '' }], [{ ...one, metricNamespace: '' }]];
    for (const metricTransformations of unknown) {
      expect(transformationOf(filter({ metricTransformations }))).to.equal(undefined);
    }
  });
});
