import { expect } from 'chai';

import { unreadable } from '../../../src/chain/base/unreadable.ts';

describe('a part that could not be read', () => {
  const rows = [
    [
      'names the missing permission',
      { service: 'sns', operation: 'GetTopicAttributes', error: 'AuthorizationError', missingIamAction: 'sns:Get' },
      'SNS GetTopicAttributes failed with AuthorizationError: the permission sns:Get is missing',
      'allow sns:Get to the role that reads the account',
    ],
    [
      'says what failed where no permission is missing',
      { service: 'logs', operation: 'DescribeMetricFilters', error: 'InternalFailure' },
      'CloudWatch Logs DescribeMetricFilters failed with InternalFailure',
      'find out why CloudWatch Logs DescribeMetricFilters is refused, and make it readable',
    ],
    [
      'of a snapshot is one that the snapshot does not hold',
      { service: 'snapshot', operation: 'metric-filters', error: 'NotHeld' },
      'the snapshot does not hold metric-filters',
      'take a whole snapshot, or judge the account itself',
    ],
    [
      'of an older snapshot is one that its format did not have',
      { service: 'snapshot', operation: 'event-rules', error: 'OlderFormat' },
      'the snapshot does not hold event-rules, which its older version of the format did not have',
      'take a whole snapshot, or judge the account itself',
    ],
    [
      'of a planned account is one that the files do not say',
      { service: 'file', operation: 'event-rule-targets', error: 'a value is known after the apply' },
      'what becomes of the event rule targets is not known: a value is known after the apply',
      'say what is missing, or evaluate the account after the deployment',
    ],
  ] as const;
  for (const [claim, failure, sentence, fix] of rows) {
    it(`${claim}, and is a doubt`, () => {
      const expected = { code: 'UNREADABLE', outcome: 'undecided', sentence, fix, failure };
      expect(unreadable(failure)).to.deep.equal(expected);
    });
  }
});
