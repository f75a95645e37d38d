import { expect } from 'chai';

import { dimensionNamesOf, transformationOf } from '../../../src/chain/base/transformation.ts';
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

describe('the dimensions of what a metric filter publishes', () => {
  const publishing = (dimensions?: Readonly<Record<string, string>>) =>
    filter({
      metricTransformations: [
        { metricNamespace: 'Security', metricName: 'M', metricValue: '1', ...(dimensions && { dimensions }) },
      ],
    });

  it('are named by its transformation and by its system fields, each once and in order', () => {
    expect(dimensionNamesOf(publishing())).to.deep.equal([]);
    expect(dimensionNamesOf(publishing({ User: '$.u', Account: '$.a' }))).to.deep.equal(['Account', 'User']);
    const withFields = { ...publishing({ User: '$.u' }), emitSystemFieldDimensions: ['@aws.region', 'User'] };
    expect(dimensionNamesOf(withFields)).to.deep.equal(['@aws.region', 'User']);
  });

  it('are none but the system fields where what it publishes is not known', () => {
    const unknown = { ...filter({ metricTransformations: [] }), emitSystemFieldDimensions: ['@aws.account'] };
    expect(dimensionNamesOf(unknown)).to.deep.equal(['@aws.account']);
  });
});
