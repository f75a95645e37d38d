import { expect } from 'chai';
import fc from 'fast-check';

import type { Invocation } from '../../src/lambda/trigger.ts';
import { TriggerError, decodeInvocation } from '../../src/lambda/trigger.ts';
import { eventNamed, withMessage } from './stubs.ts';

const inShort = ({ trigger }: Invocation): string =>
  [
    trigger.kind,
    'item' in trigger ? trigger.item.resourceId : undefined,
    'how' in trigger ? trigger.how : undefined,
    'orderedAt' in trigger ? trigger.orderedAt.slice(11) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

const item = (change: object) => (message: Record<string, unknown>) => ({
  ...message,
  configurationItem: { ...(message['configurationItem'] as object), ...change },
});

describe('decodeInvocation', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:security-alerts';
  const notified = '10:15:31.456Z';
  const captured = '10:15:30.123Z';
  for (const [name, expected] of [
    ['scheduled', 'scheduled 12:00:00.373Z'],
    ['scheduled-conformance-pack', 'scheduled 12:00:00.373Z'],
    ['snapshot-delivery', 'snapshot-delivery 18:39:39.853Z'],
    ['trail-changed', `changed main ${notified}`],
    ['trail-discovered', `changed main ${notified}`],
    ['trail-changed-id-is-arn', `changed arn:aws:cloudtrail:eu-west-1:111122223333:trail/main ${notified}`],
    ['trail-deleted', `removed main deleted ${notified}`],
    ['trail-deleted-not-recorded', `removed main deleted-not-recorded ${notified}`],
    ['trail-not-recorded', `removed main not-recorded ${notified}`],
    ['trail-left-scope', `out-of-scope main ${notified}`],
    ['trail-oversized', `oversized main ${notified}`],
    ['trail-oversized-minimal', `oversized main ${captured}`],
    ['alarm-changed', `changed mfa-deactivated ${notified}`],
    ['alarm-deleted', `removed mfa-deactivated deleted ${notified}`],
    ['alarm-on-metric-math-changed', `changed mfa-deactivated ${notified}`],
    ['alarm-on-aws-metric-discovered', 'irrelevant scale-out'],
    ['alarm-moved-to-aws-metric', `changed scale-out ${notified}`],
    ['alarm-oversized', `oversized mfa-deactivated ${notified}`],
    ['topic-changed', `changed ${topic} ${notified}`],
    ['topic-deleted', `removed ${topic} deleted ${notified}`],
    ['topic-oversized', `oversized ${topic} ${notified}`],
    ['bucket-changed', 'irrelevant example-bucket'],
    ['unknown-message-type', 'unsupported'],
  ] as const) {
    it(`reads ${name} as: ${expected}`, () => {
      expect(inShort(decodeInvocation(eventNamed(name)))).to.equal(expected);
    });
  }

  it('takes account, region and partition from the rule', () => {
    const event = { ...eventNamed('scheduled'), configRuleArn: 'arn:aws-us-gov:config:us-gov-west-1:1:config-rule/x' };
    const { accountId, region, partition, ruleName } = decodeInvocation(event);
    expect({ accountId, region, partition, ruleName }).to.deep.equal({
      accountId: '111122223333',
      region: 'us-gov-west-1',
      partition: 'aws-us-gov',
      ruleName: 'mfa-deactivation-alarm',
    });
  });

  it('takes a rule of EventBridge for a link, where the scope has its type', () => {
    const event = withMessage(eventNamed('trail-changed'), item({ resourceType: 'AWS::Events::Rule' }));
    expect(decodeInvocation(event).trigger.kind).to.equal('changed');
  });

  it('knows an item by either spelling of its keys', () => {
    const event = withMessage(
      eventNamed('trail-changed'),
      item({ ARN: undefined, arn: 'arn:aws:cloudtrail:eu-west-1:1:trail/main', configuration: '{"name":"main"}' }),
    );
    const { trigger } = decodeInvocation(event);
    expect(trigger.kind === 'changed' && trigger.item.arn).to.equal('arn:aws:cloudtrail:eu-west-1:1:trail/main');
  });

  describe('leaves an alarm alone only if it is on a metric of AWS before and after', () => {
    const onAws = { namespace: 'AWS/EC2' };
    const diffOf = (changedProperties: object) => ({ configurationItemDiff: { changedProperties } });
    for (const [what, change, kind] of [
      ['on AWS, nothing compared', { configuration: onAws }, 'irrelevant'],
      ['on AWS, as JSON text', { configuration: '{"namespace":"AWS/EC2"}' }, 'irrelevant'],
      ['on a namespace of its own', { configuration: { namespace: 'AWSome' } }, 'changed'],
      ['on metric math', { configuration: {} }, 'changed'],
      ['with a configuration that is no JSON', { configuration: '{' }, 'changed'],
      [
        'on AWS, threshold changed',
        { configuration: onAws, ...diffOf({ 'Configuration.Threshold': { previousValue: 1, updatedValue: 2 } }) },
        'irrelevant',
      ],
      [
        'moved from metric math',
        {
          configuration: onAws,
          ...diffOf({ 'Configuration.Namespace': { previousValue: null, updatedValue: 'AWS/EC2' } }),
        },
        'changed',
      ],
      [
        'deleted from AWS',
        {
          configuration: null,
          configurationItemStatus: 'ResourceDeleted',
          ...diffOf({ Configuration: { previousValue: onAws, updatedValue: null } }),
        },
        'irrelevant',
      ],
      [
        'deleted, and nobody knows from where',
        { configuration: null, configurationItemStatus: 'ResourceDeleted' },
        'removed',
      ],
    ] as const) {
      it(`${what}: ${kind}`, () => {
        const { configurationItemDiff = null, ...rest } = { configurationItemDiff: undefined, ...change };
        const event = withMessage(eventNamed('alarm-changed'), (message) => ({
          ...item(rest)(message),
          configurationItemDiff,
        }));
        expect(decodeInvocation(event).trigger.kind).to.equal(kind);
      });
    }
  });

  describe('says what was expected and what came', () => {
    const scheduled = eventNamed('scheduled');
    for (const [what, event, words] of [
      ['nothing', undefined, /expected an event of AWS Config.*got a value of type undefined/],
      [
        'a console test',
        eventNamed('console-test'),
        /`invokingEvent`.*got an object with key1, key2, key3.*the folder events/,
      ],
      ['an empty object', {}, /got an empty object/],
      ['a proactive evaluation', { ...scheduled, evaluationMode: 'PROACTIVE' }, /before it is created.*DETECTIVE/],
      [
        'a proactive evaluation, said in the message',
        withMessage(eventNamed('trail-changed'), (message) => ({ ...message, evaluationMode: 'PROACTIVE' })),
        /before it is created.*DETECTIVE/,
      ],
      ['no JSON', eventNamed('not-json'), /expected `invokingEvent` to be JSON text, got \{"messageType":/],
      ['JSON that is no message', { ...scheduled, invokingEvent: '7' }, /`invokingEvent`.*received 7/],
      ['no message type', { ...scheduled, invokingEvent: '{}' }, /`messageType` of `invokingEvent`/],
      ['no token', { ...scheduled, resultToken: undefined }, /`resultToken` of the event/],
      [
        'an account that is none',
        { ...scheduled, accountId: '1234' },
        /`accountId` of the event: is not twelve digits/,
      ],
      ['a rule without ARN', { ...scheduled, configRuleArn: 'x' }, /`configRuleArn` to be the ARN of a rule, got x/],
      [
        'a time that is none',
        withMessage(scheduled, (message) => ({ ...message, notificationCreationTime: 'soon' })),
        /`notificationCreationTime` of `invokingEvent`: is not a time/,
      ],
      [
        'no time at all',
        withMessage(eventNamed('trail-oversized-minimal'), (message) => ({
          ...message,
          configurationItemSummary: {
            ...(message['configurationItemSummary'] as object),
            configurationItemCaptureTime: null,
          },
        })),
        /expected `notificationCreationTime` or `configurationItemCaptureTime`, got neither/,
      ],
      [
        'a status that is none',
        withMessage(eventNamed('trail-changed'), item({ configurationItemStatus: 'Lost' })),
        /expected `configurationItemStatus` to be OK.*got Lost/,
      ],
      [
        'a change without item',
        withMessage(eventNamed('trail-changed'), (message) => ({ ...message, configurationItem: null })),
        /`configurationItem` of `invokingEvent`/,
      ],
    ] as const) {
      it(what, () => {
        expect(() => decodeInvocation(event)).to.throw(TriggerError, words);
      });
    }
  });

  it('never shows the result token', () => {
    const event = { ...eventNamed('scheduled'), resultToken: 'secret-token', accountId: 'x' };
    expect(() => decodeInvocation(event))
      .to.throw(TriggerError)
      .with.property('message')
      .that.does.not.include('secret-token');
  });

  it('throws nothing but its own error, whatever comes', () => {
    const message = fc.record(
      {
        messageType: fc.constantFrom(
          'ScheduledNotification',
          'ConfigurationItemChangeNotification',
          'OversizedConfigurationItemChangeNotification',
          '__proto__',
        ),
        configurationItem: fc.object(),
        configurationItemSummary: fc.object(),
        configurationItemDiff: fc.anything(),
        notificationCreationTime: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const invokingEvent = fc.oneof(
      fc.string(),
      fc.json(),
      message.map((value) => JSON.stringify(value)),
    );
    const event = fc.oneof(
      fc.anything(),
      invokingEvent.map((text) => ({ ...eventNamed('scheduled'), invokingEvent: text })),
      invokingEvent.map((text) => ({ ...eventNamed('scheduled'), configRuleArn: text, invokingEvent: text })),
    );
    fc.assert(
      fc.property(event, (given) => {
        try {
          decodeInvocation(given);
        } catch (error) {
          expect(error).to.be.instanceOf(TriggerError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
