import { expect } from 'chai';

import { annotate } from '../../src/report/annotation.ts';
import {
  evaluationKey,
  evaluationsOf,
  outOfScopeEvaluation,
  removedTrailEvaluation,
  staleEvaluation,
} from '../../src/report/evaluations.ts';
import { parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  allManagementEvents,
  denied,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../support/worlds/world.ts';

const evaluationsIn = (world: World, raw: Readonly<Record<string, unknown>> = {}) =>
  evaluationsFrom(snapshotOf(world), raw);

function evaluationsFrom(inventory: ReturnType<typeof snapshotOf>, raw: Readonly<Record<string, unknown>> = {}) {
  const { options } = parametersOf(raw);
  return evaluationsOf(verdictOn(inventory, raw), { accountId: ACCOUNT, region: REGION, options }).map(
    ({ complianceResourceType, complianceResourceId, complianceType, annotation }) =>
      `${complianceResourceType} ${complianceResourceId} ${complianceType} ${annotation.split(':')[0] ?? ''}`,
  );
}

const foreignTrail = trail({
  name: 'organization',
  trailArn: `arn:aws:cloudtrail:${REGION}:${OTHER_ACCOUNT}:trail/organization`,
  isOrganizationTrail: true,
  cloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:central`,
});
const memberAccount = soundWorld({
  trails: [foreignTrail],
  statuses: { [foreignTrail.trailArn]: status() },
  selectors: { [foreignTrail.trailArn]: allManagementEvents },
});
const second = trail({
  name: 'second',
  trailArn: `${TRAIL_ARN}-2`,
  homeRegion: REGION,
  cloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}-2`,
});
const twoTrails = soundWorld({
  trails: [trail(), second],
  statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status() },
  selectors: { [TRAIL_ARN]: allManagementEvents, [second.trailArn]: allManagementEvents },
  filters: { ...soundWorld().filters, [`${LOG_GROUP_ARN}-2`]: [] },
});

describe('evaluations for AWS Config', () => {
  it('are one for the account and one for each trail', () => {
    expect(evaluationsIn(soundWorld())).to.deep.equal([
      `AWS::::Account ${ACCOUNT} COMPLIANT SATISFIED`,
      'AWS::CloudTrail::Trail main COMPLIANT SATISFIED',
    ]);
  });

  it("are the account's alone where `reportTrails` is false", () => {
    expect(evaluationsIn(soundWorld(), { reportTrails: 'false' })).to.deep.equal([
      `AWS::::Account ${ACCOUNT} COMPLIANT SATISFIED`,
    ]);
  });

  it('say NON_COMPLIANT of an account without trails, not nothing', () => {
    expect(evaluationsIn(soundWorld({ trails: [] }))).to.deep.equal([
      `AWS::::Account ${ACCOUNT} NON_COMPLIANT NO_TRAIL`,
    ]);
  });

  it('say NOT_APPLICABLE of a trail if another trail satisfies the account, and name that trail', () => {
    expect(evaluationsIn(twoTrails)).to.deep.equal([
      `AWS::::Account ${ACCOUNT} COMPLIANT SATISFIED`,
      'AWS::CloudTrail::Trail main COMPLIANT SATISFIED',
      'AWS::CloudTrail::Trail second NOT_APPLICABLE OTHER_TRAIL',
    ]);
    const { options } = parametersOf();
    const [, , last] = evaluationsOf(verdictOn(snapshotOf(twoTrails)), { accountId: ACCOUNT, region: REGION, options });
    expect(last?.annotation).to.contain('trail main satisfies the account');
  });

  it('give each trail its own reason where none satisfies the account', () => {
    const broken = { ...twoTrails, subscriptions: { [TOPIC_ARN]: [] } };
    expect(evaluationsIn(broken)).to.deep.equal([
      `AWS::::Account ${ACCOUNT} NON_COMPLIANT NO_SUBSCRIBER`,
      'AWS::CloudTrail::Trail main NON_COMPLIANT NO_SUBSCRIBER',
      'AWS::CloudTrail::Trail second NON_COMPLIANT NO_METRIC_FILTER',
    ]);
  });

  it('say NOT_APPLICABLE of a trail whose selectors never carry the events', () => {
    const dataOnly = {
      eventSelectors: [],
      advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }],
    };
    expect(evaluationsIn(soundWorld({ selectors: { [TRAIL_ARN]: dataOnly } }))).to.deep.equal([
      `AWS::::Account ${ACCOUNT} NON_COMPLIANT TRAIL_WITHOUT_EVENTS`,
      'AWS::CloudTrail::Trail main NOT_APPLICABLE TRAIL_WITHOUT_EVENTS',
    ]);
  });

  it('leave out trails with their home in another region, and trails of another account', () => {
    const abroad = trail({ homeRegion: 'us-east-1', trailArn: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/main` });
    const world = soundWorld({
      trails: [abroad],
      statuses: { [abroad.trailArn]: status() },
      selectors: { [abroad.trailArn]: allManagementEvents },
    });
    expect(evaluationsIn(world)).to.deep.equal([`AWS::::Account ${ACCOUNT} COMPLIANT SATISFIED`]);
    expect(evaluationsIn(memberAccount)).to.have.lengthOf(1);
  });

  it('give a trail the id that AWS Config gives it', () => {
    const { options } = parametersOf();
    const trailResourceIds = new Map([[TRAIL_ARN, TRAIL_ARN]]);
    const evaluations = evaluationsOf(verdictOn(snapshotOf(soundWorld())), {
      accountId: ACCOUNT,
      region: REGION,
      options,
      trailResourceIds,
    });
    expect(evaluations[1]?.complianceResourceId).to.equal(TRAIL_ARN);
  });

  it('say what was not determined, and the code and the place of the chain that holds', () => {
    const { options } = parametersOf();
    const annotationOf = (inventory: ReturnType<typeof snapshotOf>) =>
      evaluationsOf(verdictOn(inventory), { accountId: ACCOUNT, region: REGION, options })[0].annotation;
    expect(annotationOf(snapshotOf(soundWorld()))).to.match(
      /^SATISFIED: a chain holds from end to end \[eu-west-1: main/,
    );
    expect(annotationOf(unreadable)).to.match(/^UNREADABLE: not determined: \S+/);
  });

  it('name next to a broken chain which other route notifies somebody, where there is room', () => {
    const { options } = parametersOf();
    const verdict = verdictOn(snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } })));
    const annotated = (sentence: string) =>
      evaluationsOf({ ...verdict, otherRoute: { route: 'eventbridge', sentence } } as typeof verdict, {
        accountId: ACCOUNT,
        region: REGION,
        options,
      }).map(({ annotation }) => annotation);
    expect(annotated('A rule notifies somebody')).to.deep.equal([
      'NO_SUBSCRIBER: SNS topic security-alerts has no subscriber. A rule notifies somebody',
      'NO_SUBSCRIBER: SNS topic security-alerts has no subscriber [eu-west-1: main > /aws/cloudtrail/main > mfa > mfa-alarm > security-alerts]',
    ]);
    const [account, ofTrail] = annotated('x'.repeat(256));
    expect(account).to.equal(ofTrail);
  });

  it('that clear an earlier one keep its type and id, and say why', () => {
    const key = { complianceResourceType: 'AWS::CloudTrail::Trail', complianceResourceId: 'main' };
    expect(evaluationKey(key)).to.equal('AWS::CloudTrail::Trail main');
    expect(
      [removedTrailEvaluation(key, 'ResourceDeleted'), outOfScopeEvaluation(key), staleEvaluation(key)].map(
        ({ annotation, ...rest }) => {
          expect(rest).to.deep.equal({ ...key, complianceType: 'NOT_APPLICABLE' });
          return annotation;
        },
      ),
    ).to.deep.equal([
      'REMOVED: AWS Config reports the trail as ResourceDeleted',
      'OUT_OF_SCOPE: the trail left the scope of this rule',
      'STALE: the resource is gone, or this rule no longer evaluates it',
    ]);
  });

  const unreadable = replacing(
    snapshotOf(soundWorld()),
    'subscriptions',
    TOPIC_ARN,
    denied('sns', 'ListSubscriptionsByTopic'),
  );
  for (const answer of ['NON_COMPLIANT', 'NOT_APPLICABLE']) {
    it(`say ${answer} of what is undecided if \`onUndecided\` says so`, () => {
      expect(evaluationsFrom(unreadable, { onUndecided: answer })).to.deep.equal([
        `AWS::::Account ${ACCOUNT} ${answer} UNREADABLE`,
        `AWS::CloudTrail::Trail main ${answer} UNREADABLE`,
      ]);
    });

    it(`say ${answer} of a member of an organization whose trail is elsewhere if \`onForeignTrail\` says so`, () => {
      expect(evaluationsIn(memberAccount, { onForeignTrail: answer })).to.deep.equal([
        `AWS::::Account ${ACCOUNT} ${answer} LOG_GROUP_IN_OTHER_ACCOUNT`,
      ]);
    });
  }

  it('never contradict each other: next to an organization trail, a broken trail answers as the account does', () => {
    const member = soundWorld({
      trails: [foreignTrail, trail({ cloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}-2` })],
      statuses: { [foreignTrail.trailArn]: status(), [TRAIL_ARN]: status() },
      selectors: { [foreignTrail.trailArn]: allManagementEvents, [TRAIL_ARN]: allManagementEvents },
      filters: { [`${LOG_GROUP_ARN}-2`]: [] },
    });
    expect(evaluationsIn(member)).to.deep.equal([
      `AWS::::Account ${ACCOUNT} NOT_APPLICABLE LOG_GROUP_IN_OTHER_ACCOUNT`,
      'AWS::CloudTrail::Trail main NOT_APPLICABLE NO_METRIC_FILTER',
    ]);
  });
});

describe('an annotation', () => {
  it('says where, in full, as long as there is room', () => {
    const { options } = parametersOf();
    const [account] = evaluationsOf(verdictOn(snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }))), {
      accountId: ACCOUNT,
      region: REGION,
      options,
    });
    expect(account.annotation).to.equal(
      'NO_SUBSCRIBER: SNS topic security-alerts has no subscriber [eu-west-1: main > /aws/cloudtrail/main > mfa > mfa-alarm > security-alerts]',
    );
  });

  it('of 256 characters is left whole', () => {
    const whole = annotate('CODE', 'x'.repeat(256 - 'CODE:  [here]'.length), 'here');
    expect(whole).to.have.lengthOf(256);
    expect(whole).not.to.contain('…');
  });

  it('of more is cut between words', () => {
    const cut = annotate('CODE', 'word '.repeat(60).trim(), 'here');
    expect(cut).to.match(/^CODE: (word )+word…$/);
    expect(cut.length).to.be.within(245, 256);
  });

  it('with one endless word is cut inside it, but not inside a character', () => {
    for (const shift of ['', 'y']) {
      const cut = annotate('CODE', shift + '😀'.repeat(200), 'here');
      expect(cut.length).to.be.within(250, 256);
      expect(() => encodeURIComponent(cut)).not.to.throw();
    }
  });

  it('holds no control characters, whatever a name is', () => {
    expect(annotate('CODE', 'a\u001b[31mb\r\nc\u202ed', 'here')).to.equal('CODE: a [31mb c d [here]');
  });
});
