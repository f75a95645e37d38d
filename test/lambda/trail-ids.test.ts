import { expect } from 'chai';

import { trailIds } from '../../src/lambda/trail-ids.ts';
import { TRAIL_ARN, trail } from '../support/worlds/world.ts';
import { configError, errorOf, stubConfig } from './stubs.ts';

const other = 'arn:aws:cloudtrail:eu-west-1:999900001111:trail/main';

describe('trailIds', () => {
  for (const [what, given, discovered, expected] of [
    ['the id of the event, unasked', { resourceId: 'main', arn: TRAIL_ARN }, undefined, 'main'],
    ['an ARN of the event, unasked', { resourceId: TRAIL_ARN }, undefined, TRAIL_ARN],
    ['the listed name', undefined, [{ resourceId: 'main', resourceName: 'main' }], 'main'],
    ['the listed ARN', undefined, [{ resourceId: TRAIL_ARN, resourceName: 'main' }], TRAIL_ARN],
    ['an id that only the name tells', undefined, [{ resourceId: 'abc', resourceName: 'main' }], 'abc'],
    [
      'the ARN among namesakes',
      undefined,
      [
        { resourceId: other, resourceName: 'main' },
        { resourceId: TRAIL_ARN, resourceName: 'main' },
      ],
      TRAIL_ARN,
    ],
    ["not a namesake's of an organization", { resourceId: 'main', arn: other }, [], undefined],
    ["not a listed namesake's", undefined, [{ resourceId: other, resourceName: 'main' }], undefined],
  ] as const) {
    it(`gives ${what}`, async () => {
      const config = stubConfig({ discoveredTrails: () => Promise.resolve(discovered ?? []) });
      const { ids } = await trailIds([trail()], given, config);
      expect(ids.get(TRAIL_ARN)).to.equal(expected);
      expect(config.asked).to.have.length(discovered === undefined ? 0 : 1);
    });
  }

  it('asks nothing without trails', async () => {
    const config = stubConfig();
    await trailIds([], undefined, config);
    expect(config.asked).to.deep.equal([]);
  });

  for (const name of ['AccessDeniedException', 'NoAvailableConfigurationRecorderException']) {
    it(`uses the names and says why after ${name}`, async () => {
      const config = stubConfig({
        discoveredTrails: () => Promise.reject(configError('ListDiscoveredResources', name)),
      });
      const { ids, problem } = await trailIds([trail()], undefined, config);
      expect(ids.size).to.equal(0);
      expect(problem).to.have.property('code', name);
    });
  }

  it('throws a fault that may pass, since a second spelling would be a second result', async () => {
    const config = stubConfig({
      discoveredTrails: () => Promise.reject(configError('ListDiscoveredResources', 'ThrottlingException')),
    });
    expect(await errorOf(trailIds([trail()], undefined, config))).to.have.property('code', 'ThrottlingException');
  });
});
