import { expect } from 'chai';

import { globalServiceRegionOf } from '../../../src/chain/required/global-service-region.ts';

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
describe('the region in which the events of IAM are recorded', () => {
  const rows = [
    ['us-east-1', 'us-east-1'],
    ['eu-west-1', 'us-east-1'],
    ['ap-southeast-10', 'us-east-1'],
    ['us-gov-west-1', 'us-gov-west-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['cn-north-1', undefined],
    ['cn-northwest-1', undefined],
    ['us-iso-east-1', undefined],
    ['us-isob-east-1', undefined],
    ['eusc-de-east-1', undefined],
    ['eu-isoe-west-1', undefined],
    ['eu-west-1a', undefined],
    ['eu-west-', undefined],
    ['global', undefined],
  ] as const;
  for (const [region, expected] of rows) {
    it(`is ${expected ?? 'not known'} for ${region}`, () => {
      expect(globalServiceRegionOf(region)).to.equal(expected);
    });
  }
});
