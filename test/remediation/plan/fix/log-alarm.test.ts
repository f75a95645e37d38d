import { expect } from 'chai';

import { planFor, planningOn } from '../../../support/planning.ts';
import type { World } from '../../../support/worlds/world.ts';
import { LOG_GROUP_ARN, snapshotOf, soundWorld } from '../../../support/worlds/world.ts';

const withTransformers = (ofLogGroup: boolean, ofAccount: boolean): World =>
  soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, transformers: { [LOG_GROUP_ARN]: { ofLogGroup, ofAccount } } });

const accepted = { acceptedRoutes: 'log-alarm' };
const planOf = (world: World) => planFor(world, { email: 'oncall@example.com' }, accepted);

describe('the plan of a log alarm', () => {
  it('adds one on a log group whose events are not transformed', async () => {
    const { steps, complete } = await planOf(withTransformers(false, false));
    expect(steps.map(({ kind }) => kind)).to.deep.equal(['create-topic', 'subscribe', 'create-log-alarm']);
    expect(complete).to.equal(true);
  });

  for (const [ofLogGroup, ofAccount] of [
    [true, false],
    [false, true],
  ] as const) {
    it(`adds none where events are transformed: by the ${ofLogGroup ? 'log group' : 'account'}`, async () => {
      const { steps, complete } = await planOf(withTransformers(ofLogGroup, ofAccount));
      expect(steps).to.deep.equal([]);
      expect(complete).to.equal(false);
    });
  }

  it('says what is not known where a file does not hold it', async () => {
    const whole = snapshotOf(withTransformers(false, false));
    const inventory = { ...whole, parts: { ...whole.parts, 'log-transformers': {} } };
    const { planning } = await planningOn(inventory, { email: 'oncall@example.com' }, accepted);
    expect(JSON.stringify(planning)).to.contain('whether the log group transforms its events is not known');
  });
});
