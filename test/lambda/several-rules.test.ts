import { expect } from 'chai';

import { handle } from '../../src/lambda/handle.ts';
import type { RunMetrics } from '../../src/lambda/log/metrics.ts';
import type { Event } from './stubs.ts';
import { eventNamed, inShort, stubConfig, stubDependencies, withMessage } from './stubs.ts';

/** The event of a rule that has the function of another stack as its source. */
const eventOf = (name: string, parameters: Readonly<Record<string, string>>): Event => ({
  ...withMessage(eventNamed('scheduled'), (message) => ({
    ...message,
    notificationCreationTime: '2026-10-01T12:00:00Z',
  })),
  configRuleName: name,
  configRuleArn: `arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-${name}`,
  resultToken: `token-of-${name}`,
  ruleParameters: JSON.stringify(parameters),
});

describe('several rules of one function', () => {
  const rules: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['mfa', {}, 'COMPLIANT SATISFIED'],
    ['root-usage', { controlId: 'CloudWatch.1' }, 'NON_COMPLIANT '],
    ['root-usage-account-only', { controlId: 'CloudWatch.1', reportTrails: 'false' }, 'NON_COMPLIANT '],
    ['mfa-account-only', { reportTrails: 'false' }, 'COMPLIANT SATISFIED'],
  ];

  for (const order of [rules, [...rules].reverse()]) {
    it(`each get the answer to their own parameters, under their own token: ${order.map(([name]) => name).join(', ')}`, async () => {
      const config = stubConfig();
      const measured: RunMetrics[] = [];
      const dependencies = { ...stubDependencies(config), measure: (run: RunMetrics) => measured.push(run) };
      // One after the other in one instance of the function, and side by side.
      for (const [name, parameters] of order) await handle(eventOf(name, parameters), dependencies);
      await Promise.all(order.map(([name, parameters]) => handle(eventOf(name, parameters), dependencies)));
      for (const [name, parameters, answer] of rules) {
        const puts = config.puts.filter(({ resultToken }) => resultToken === `token-of-${name}`);
        expect(puts, name).to.have.lengthOf(2);
        expect(puts[0]).to.deep.equal(puts[1]);
        const [account, ...trails] = inShort(puts[0]?.evaluations ?? []);
        expect(account).to.contain(`AWS::::Account 111122223333 ${answer}`);
        expect(trails).to.have.lengthOf(parameters['reportTrails'] === 'false' ? 0 : 1);
        expect(config.asked.filter((call) => call === `storedEvaluations ${name}`)).to.have.lengthOf(2);
      }
      const controls = new Map(measured.map(({ ruleName, controlId }) => [ruleName, controlId]));
      expect(controls.get('mfa')).to.equal('D9.AWS.MON.25');
      expect(controls.get('root-usage')).to.equal('CloudWatch.1');
    });
  }
});
