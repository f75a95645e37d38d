import { expect } from 'chai';
import fc from 'fast-check';

import { willItFire } from '../../../../src/chain/alarm/firing/will-it-fire.ts';
import { publishing } from '../../../support/alarm-link.ts';
import type { AlarmState, Machine, Point, Treatment } from '../../../support/alarm-machine.ts';
import { evaluate, run } from '../../../support/alarm-machine.ts';
import { alarm } from '../../../support/worlds/world.ts';

describe('the alarm machine', () => {
  const tables: readonly (readonly [range: string, of: number, states: readonly (AlarmState | 'retain')[]])[] = [
    ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
    ['----0', 3, ['OK', 'OK', 'OK', 'OK']],
    ['-----', 3, ['INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK']],
    ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', 3, ['ALARM', 'retain', 'ALARM', 'OK']],
    ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', 2, ['ALARM', 'retain', 'ALARM', 'OK']],
  ];
  const treatments: readonly Treatment[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
  for (const [range, datapointsToAlarm, states] of tables) {
    for (const [index, treatMissingData] of treatments.entries()) {
      it(`agrees with AWS on ${range}, ${datapointsToAlarm} of 3, ${treatMissingData}`, () => {
        for (const before of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
          const machine: Machine = { evaluationPeriods: 3, datapointsToAlarm, treatMissingData };
          const expected = states[index] === 'retain' ? before : states[index];
          expect(evaluate(range.split('') as Point[], before, machine)).to.equal(expected);
        }
      });
    }
  }

  const settings = fc
    .record({
      evaluationPeriods: fc.integer({ min: 1, max: 4 }),
      short: fc.nat({ max: 3 }),
      treatMissingData: fc.constantFrom(...treatments),
      threshold: fc.integer({ min: 1, max: 3 }),
      hasDefault: fc.boolean(),
      extraRange: fc.nat({ max: 3 }),
    })
    .map(({ short, ...rest }) => ({ ...rest, datapointsToAlarm: Math.max(1, rest.evaluationPeriods - short) }));

  it('fires on as many events as are said to suffice, whatever the traffic and the evaluation range', () => {
    fc.assert(
      fc.property(settings, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (given, traffic) => {
        const { threshold, hasDefault, extraRange, ...machine } = given;
        const firing = willItFire(alarm({ ...machine, threshold }), {
          filter: publishing(hasDefault ? { defaultValue: 0 } : {}),
          otherFilters: [],
        });
        if (firing.kind !== 'fires') return;
        const breachingPeriods = firing.events / threshold;
        const idle = (busy: boolean): Point => (hasDefault && busy ? '0' : '-');
        const before = traffic.map(idle);
        const after = traffic.slice(0, machine.datapointsToAlarm - breachingPeriods).map(idle);
        const points = [...before, ...Array.from({ length: breachingPeriods }, (): Point => 'X'), ...after];
        const states = run(points, machine.evaluationPeriods + extraRange, machine);
        expect(states[before.length - 1]).not.to.equal('ALARM');
        expect(states.at(-1)).to.equal('ALARM');
      }),
      { numRuns: 300 },
    );
  });

  it('does not fire on fewer among steady traffic', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { threshold, hasDefault, extraRange, ...machine } = given;
        const firing = willItFire(alarm({ ...machine, threshold }), {
          filter: publishing(hasDefault ? { defaultValue: 0 } : {}),
          otherFilters: [],
        });
        if (firing.kind !== 'fires' || firing.events === threshold) return;
        const fewer = firing.events / threshold - 1;
        const idle: Point = hasDefault ? '0' : '-';
        const quiet = Array.from({ length: 12 }, () => idle);
        const points = [...quiet, ...Array.from({ length: fewer }, (): Point => 'X'), ...quiet];
        expect(run(points, machine.evaluationPeriods + extraRange, machine)).not.to.include('ALARM');
      }),
      { numRuns: 300 },
    );
  });

  it('is in ALARM at rest where that is said', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { threshold, hasDefault, extraRange, ...machine } = given;
        const firing = willItFire(alarm({ ...machine, threshold }), {
          filter: publishing(hasDefault ? { defaultValue: 0 } : {}),
          otherFilters: [],
        });
        if (firing.kind !== 'rests-in-alarm') return;
        const quiet = Array.from({ length: 12 }, (): Point => '-');
        expect(run(quiet, machine.evaluationPeriods + extraRange, machine).at(-1)).to.equal('ALARM');
      }),
    );
  });
});
