import { expect } from 'chai';

import { handle } from '../../src/lambda/handle.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  denied,
  filter,
  replacing,
  snapshotOf,
  soundWorld,
  trail,
} from '../support/worlds/world.ts';
import type { Event } from './stubs.ts';
import { errorOf, eventNamed, eventNames, inShort, named, stubConfig, stubDependencies, withMessage } from './stubs.ts';

const account = `AWS::::Account ${ACCOUNT} COMPLIANT SATISFIED`;
const main = 'AWS::CloudTrail::Trail main COMPLIANT SATISFIED';
const both = [account, main];

/** What each event file leads to in an account where everything is right. */
const outcomes: Readonly<Record<string, readonly string[] | RegExp>> = {
  'alarm-changed': both,
  'alarm-deleted': both,
  'alarm-moved-to-aws-metric': both,
  'alarm-on-aws-metric-discovered': [],
  'alarm-on-metric-math-changed': both,
  'alarm-oversized': both,
  'bucket-changed': [],
  'console-test': /^TriggerError: expected an event of AWS Config/,
  'not-json': /^TriggerError: expected `invokingEvent` to be JSON text/,
  'organization-trail-changed': both,
  scheduled: both,
  'scheduled-conformance-pack': both,
  'scheduled-empty-parameters': both,
  // From there the trail is another account's.
  'scheduled-member-account': ['AWS::::Account 222233334444 NOT_APPLICABLE LOG_GROUP_IN_OTHER_ACCOUNT'],
  'scheduled-other-account': /^AccountError: the event belongs to account 222233334444, the function to 111122223333/,
  'scheduled-test-mode': both,
  'scheduled-without-parameters': both,
  'scheduled-wrong-parameters': /^ParameterError: unknown parameter `controlID`.*; `assurance` is `high`/,
  'snapshot-delivery': both,
  'topic-changed': both,
  'topic-deleted': both,
  'topic-oversized': both,
  'trail-changed': both,
  'trail-changed-id-is-arn': [
    account,
    'AWS::CloudTrail::Trail arn:aws:cloudtrail:eu-west-1:111122223333:trail/main COMPLIANT SATISFIED',
  ],
  'trail-deleted': both,
  'trail-deleted-not-recorded': both,
  'trail-discovered': both,
  'trail-left-scope': [account, 'AWS::CloudTrail::Trail main NOT_APPLICABLE OUT_OF_SCOPE'],
  'trail-not-recorded': both,
  'trail-oversized': both,
  'trail-oversized-minimal': both,
  'unknown-message-type': /^TriggerError: expected `messageType` to be ScheduledNotification, .*, got SomethingNew/,
};

async function sent(event: Event, inventory = snapshotOf(soundWorld())) {
  const config = stubConfig();
  const dependencies = stubDependencies(config, inventory);
  await handle(event, dependencies);
  return config.puts.flatMap(({ evaluations }) => inShort(evaluations));
}

describe('handle', () => {
  describe('answers every event file as expected', () => {
    for (const name of eventNames) {
      it(name, async () => {
        const config = stubConfig();
        const dependencies = stubDependencies(config);
        const expected = outcomes[name];
        if (expected instanceof RegExp) {
          const { name: errorName, message } = await errorOf(handle(eventNamed(name), dependencies));
          expect(`${errorName}: ${message}`).to.match(expected);
          expect(config.puts).to.deep.equal([]);
        } else {
          await handle(eventNamed(name), dependencies);
          expect(config.puts.flatMap(({ evaluations }) => inShort(evaluations))).to.deep.equal(expected);
        }
      });
    }

    it('and every expectation has its file', () => {
      expect(Object.keys(outcomes).sort()).to.deep.equal(eventNames);
    });
  });

  it('sends the same for the same event, times included', async () => {
    for (const name of eventNames.filter((candidate) => Array.isArray(outcomes[candidate]))) {
      const config = stubConfig();
      await handle(eventNamed(name), stubDependencies(config));
      const first = config.puts.splice(0);
      await handle(eventNamed(name), stubDependencies(config));
      expect(config.puts, name).to.deep.equal(first);
    }
  });

  for (const [name, orderedAt] of [
    ['scheduled', '2025-11-20T12:00:00.373Z'],
    ['trail-changed', '2025-11-20T10:15:31.456Z'],
    ['trail-oversized-minimal', '2025-11-20T10:15:30.123Z'],
  ] as const) {
    it(`orders the results of ${name} by the time of the event`, async () => {
      const config = stubConfig();
      await handle(eventNamed(name), stubDependencies(config));
      expect(config.puts.map((put) => put.orderedAt)).to.deep.equal([orderedAt]);
    });
  }

  describe('a trail', () => {
    const noTrail = snapshotOf(soundWorld({ trails: [], statuses: {} }));

    it('that is gone gets NOT_APPLICABLE, and the account is evaluated again', async () => {
      expect(await sent(eventNamed('trail-deleted'), noTrail)).to.deep.equal([
        `AWS::::Account ${ACCOUNT} NON_COMPLIANT NO_TRAIL`,
        'AWS::CloudTrail::Trail main NOT_APPLICABLE REMOVED',
      ]);
    });

    it('that was created again under its name keeps its own result', async () => {
      expect(await sent(eventNamed('trail-deleted'))).to.deep.equal(both);
    });

    it('is not asked for where none gets a result', async () => {
      const config = stubConfig();
      const event = { ...eventNamed('scheduled'), ruleParameters: '{"reportTrails":"false"}' };
      await handle(event, stubDependencies(config));
      expect(config.asked).to.deep.equal(['storedEvaluations mfa-deactivation-alarm']);
      expect(config.puts.flatMap(({ evaluations }) => inShort(evaluations))).to.deep.equal([account]);
    });

    it('of another account or region gets none', async () => {
      const trails = [
        trail({ name: 'organization', trailArn: `arn:aws:cloudtrail:${REGION}:${OTHER_ACCOUNT}:trail/organization` }),
      ];
      const rows = await sent(eventNamed('scheduled'), snapshotOf(soundWorld({ trails })));
      expect(rows).to.have.length(1);
    });
  });

  for (const [name, asked] of [
    ['scheduled', ['discoveredTrails', 'storedEvaluations mfa-deactivation-alarm']],
    ['alarm-changed', ['discoveredTrails']],
    ['trail-changed', []],
  ] as const) {
    it(`lists what AWS Config holds before anything of the account is read, for ${name}`, async () => {
      const config = stubConfig();
      const dependencies = stubDependencies(config);
      let askedBefore: readonly string[] | undefined;
      const connect: typeof dependencies.connect = (invocation, options) => {
        const { reader, ...rest } = dependencies.connect(invocation, options);
        const read: typeof reader.read = (keys) => {
          askedBefore ??= [...config.asked];
          return reader.read(keys);
        };
        return { ...rest, reader: { ...reader, read } };
      };
      await handle(eventNamed(name), { ...dependencies, connect });
      expect(askedBefore).to.deep.equal(asked);
      expect(config.asked).to.deep.equal(asked);
    });
  }

  it('sends nothing when the account cannot be read for now', async () => {
    const config = stubConfig();
    const dependencies = stubDependencies(config);
    const connect: typeof dependencies.connect = (invocation, options) => {
      const connection = dependencies.connect(invocation, options);
      const read = () => Promise.reject(named('TransientReadError'));
      return { ...connection, reader: { ...connection.reader, read } };
    };
    const error = await errorOf(handle(eventNamed('scheduled'), { ...dependencies, connect }));
    expect(error.name).to.equal('TransientReadError');
    expect(config.puts).to.deep.equal([]);
  });

  it('answers with what `onUndecided` says where a permission is missing', async () => {
    const inventory = replacing(snapshotOf(soundWorld()), 'trails', 'account', denied('cloudtrail', 'DescribeTrails'));
    const [row] = await sent(eventNamed('scheduled'), inventory);
    expect(row).to.match(/ NON_COMPLIANT /);
  });

  it('answers when the time of the judge is over, with what is not compared as undecided', async () => {
    // No other test compares this pattern, so its answer is not remembered.
    const filterPattern = '{ ($.eventName = DeactivateMFADevice) && ($.userAgent != "compared in no other test") }';
    const inventory = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern })] } }));
    const config = stubConfig();
    await handle(eventNamed('scheduled'), { ...stubDependencies(config, inventory), isOver: () => true });
    const [account] = inShort(config.puts.flatMap(({ evaluations }) => evaluations));
    expect(account).to.match(/ NON_COMPLIANT FILTER_NOT_COMPARED$/);
  });

  it('names the missing permission in the annotation', async () => {
    const config = stubConfig();
    const inventory = replacing(snapshotOf(soundWorld()), 'trails', 'account', denied('cloudtrail', 'DescribeTrails'));
    await handle(eventNamed('scheduled'), stubDependencies(config, inventory));
    expect(config.puts.flatMap(({ evaluations }) => evaluations.map(({ annotation }) => annotation))).to.deep.equal([
      'UNREADABLE: not determined: CloudTrail DescribeTrails failed with AccessDeniedException: the permission ' +
        'cloudtrail:DescribeTrails is missing [eu-west-1]',
    ]);
  });

  it('evaluates its own account when nobody says which one the function is in, as `invoke local` does not', async () => {
    const config = stubConfig();
    await handle(eventNamed('scheduled'), { ...stubDependencies(config), functionArn: undefined });
    expect(config.puts).to.have.length(1);
  });

  describe('logs', () => {
    async function linesFor(event: Event, config = stubConfig()) {
      const dependencies = stubDependencies(config);
      await handle(event, dependencies).catch(() => undefined);
      return dependencies.lines;
    }

    it('one line for a verdict, with every link', async () => {
      const lines = await linesFor(eventNamed('scheduled'));
      expect(lines.map(({ level, message }) => `${level} ${message}`)).to.deep.equal(['info evaluated']);
      for (const word of ['trail', 'log group', 'metric filter', 'alarm', 'topic', 'subscriber', 'D9.AWS.MON.25']) {
        expect(JSON.stringify(lines)).to.include(`"${word}"`);
      }
    });

    it('one line for a failure, with its cause', async () => {
      const lines = await linesFor(eventNamed('not-json'));
      expect(lines.map(({ level }) => level)).to.deep.equal(['error']);
      expect(JSON.stringify(lines)).to.include('SyntaxError');
    });

    it('that AWS Config took the account alone, and why', async () => {
      const putEvaluations = ({ evaluations }: { readonly evaluations: readonly unknown[] }) =>
        evaluations.length > 1
          ? Promise.reject(named('InvalidParameterValueException', 'refused'))
          : Promise.resolve([]);
      const lines = await linesFor(eventNamed('trail-changed'), stubConfig({ putEvaluations }));
      expect(JSON.stringify(lines)).to.include('"account-only"').and.to.include('"message":"refused"');
    });

    it('never the result token', async () => {
      for (const name of eventNames) {
        const event = eventNamed(name);
        const lines = await linesFor('resultToken' in event ? { ...event, resultToken: 'secret-token' } : event);
        expect(JSON.stringify(lines), name).not.to.include('secret-token');
      }
    });
  });

  it('asks nobody anything about a change that cannot matter', async () => {
    const event = withMessage(eventNamed('bucket-changed'), (message) => message);
    const config = stubConfig();
    const dependencies = stubDependencies(config);
    const connect = () => {
      throw new Error('the account was read');
    };
    expect(await handle(event, { ...dependencies, connect })).to.deep.equal({
      kind: 'ignored',
      why: 'AWS::S3::Bucket is not a link of the chain',
    });
  });
});
