import { expect } from 'chai';
import fc from 'fast-check';

import type { AlarmState } from '../../../../src/chain/alarm/composite/rule.ts';
import { alarmStates, parseAlarmRule } from '../../../../src/chain/alarm/composite/rule.ts';
import { namesIn, truthOf, unknownFunctionsIn } from '../../../../src/chain/alarm/composite/rule-truth.ts';
import type { Trivalent } from '../../../../src/filter-pattern/index.ts';

type States = Readonly<Record<string, AlarmState>>;

/** Whether a rule is true where alarms are in some states; those that are not named may be in any. */
function truth(text: string, states: States): Trivalent {
  const rule = parseAlarmRule(text);
  if (rule === undefined) throw new Error(`not understood: ${text}`);
  return truthOf(rule, (name) => new Set([states[name] ?? alarmStates].flat()));
}

describe('the rule of a composite alarm', () => {
  const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a';
  const rows: readonly (readonly [rule: string, states: States, is: Trivalent])[] = [
    ['ALARM(a)', { a: 'ALARM' }, true],
    ['ALARM(a)', { a: 'OK' }, false],
    ['ALARM("a")', { a: 'ALARM' }, true],
    ['ALARM( "a" )', { a: 'ALARM' }, true],
    [`ALARM("${arn}")`, { [arn]: 'ALARM' }, true],
    [`ALARM(${arn})`, { [arn]: 'ALARM' }, true],
    ['ALARM(an alarm with spaces)', { 'an alarm with spaces': 'ALARM' }, true],
    ['ALARM("with (brackets)")', { 'with (brackets)': 'ALARM' }, true],
    ['ALARM("a \\"b\\"")', { 'a "b"': 'ALARM' }, true],
    ['AT_LEAST(1, ALARM, ("a \\"b\\", c", d))', { 'a "b", c': 'ALARM', d: 'OK' }, true],
    ['OK(a)', { a: 'OK' }, true],
    ['INSUFFICIENT_DATA(a)', { a: 'INSUFFICIENT_DATA' }, true],
    ['TRUE', {}, true],
    ['FALSE', {}, false],
    ['False', {}, false],
    ['NOT FALSE', {}, true],
    ['NOT ALARM(a)', { a: 'OK' }, true],
    ['NOT (ALARM(a) OR ALARM(b))', { a: 'OK', b: 'OK' }, true],
    [
      'ALARM(CPUUtilizationTooHigh) AND ALARM(DiskReadOpsTooHigh)',
      { CPUUtilizationTooHigh: 'ALARM', DiskReadOpsTooHigh: 'ALARM' },
      true,
    ],
    [
      'ALARM(CPUUtilizationTooHigh) AND NOT ALARM(DeploymentInProgress)',
      { CPUUtilizationTooHigh: 'ALARM', DeploymentInProgress: 'OK' },
      true,
    ],
    [
      '(ALARM(CPUUtilizationTooHigh) OR ALARM(DiskReadOpsTooHigh)) AND OK(NetworkOutTooHigh)',
      { CPUUtilizationTooHigh: 'ALARM', DiskReadOpsTooHigh: 'OK', NetworkOutTooHigh: 'OK' },
      true,
    ],
    ['ALARM(a) OR ALARM(b)', { a: 'ALARM' }, true],
    ['ALARM(a) OR ALARM(b)', { a: 'OK' }, 'undecided'],
    ['ALARM(a) AND ALARM(b)', { a: 'OK' }, false],
    ['ALARM(a)\n  OR ALARM(b)\n', { a: 'OK', b: 'ALARM' }, true],
    ['TRUE OR FALSE AND FALSE', {}, 'undecided'],
    ['TRUE OR FALSE AND TRUE', {}, true],
    ['(TRUE OR FALSE) AND FALSE', {}, false],
    ['FALSE AND TRUE OR TRUE', {}, 'undecided'],
    ['FALSE AND TRUE OR FALSE', {}, false],
    ['TRUE AND TRUE OR FALSE AND TRUE', {}, true],
    ['FALSE OR TRUE AND FALSE OR FALSE', {}, false],
    ['TRUE OR TRUE AND TRUE OR ALARM(a)', {}, true],
    ['TRUE AND FALSE OR TRUE AND TRUE', {}, true],
    ['FALSE AND TRUE OR TRUE AND TRUE', {}, 'undecided'],
    ['AT_LEAST(1, ALARM, (a, b))', { a: 'ALARM', b: 'OK' }, true],
    ['AT_LEAST(2, ALARM, (a, b))', { a: 'ALARM', b: 'OK' }, false],
    ['AT_LEAST(2, ALARM, (a, b, c))', { a: 'ALARM', b: 'OK' }, 'undecided'],
    ['AT_LEAST(50%, ALARM, ("a", "b"))', { a: 'ALARM', b: 'OK' }, true],
    ['AT_LEAST(60%, NOT OK, (a, b, c))', { a: 'ALARM', b: 'OK', c: 'OK' }, false],
    ['AT_LEAST(60%, NOT OK, (a, b, c))', { a: 'ALARM', b: 'ALARM', c: 'OK' }, true],
    [`AT_LEAST(1, INSUFFICIENT_DATA, (${arn}, b)) OR FALSE`, { [arn]: 'INSUFFICIENT_DATA', b: 'OK' }, true],
    ['LATELY("a", 5) OR ALARM(a)', { a: 'OK' }, 'undecided'],
    ['LATELY("a", 5) OR ALARM(a)', { a: 'ALARM' }, true],
  ];
  for (const [rule, states, is] of rows) {
    it(`${JSON.stringify(rule)} is ${String(is)} of ${JSON.stringify(states)}`, () => {
      expect(truth(rule, states)).to.equal(is);
    });
  }

  for (const text of [
    '',
    'ALARM',
    'ALARM()',
    'ALARM(a',
    'ALARM(a))',
    'ALARM(a) ALARM(b)',
    'AND ALARM(a)',
    'ALARM(a) AND',
    'ALARM(a) OR )',
    'AT_LEAST(x, ALARM, (a))',
    'AT_LEAST(ALARM, (a))',
    'AT_LEAST(1, BUSY, (a))',
    'AT_LEAST(1, (a))',
    'AT_LEAST(1, ALARM, ())',
    'ALARM(a) XOR ALARM(b)',
    'ALARM("a\\x")',
    'ALARM("a\\")',
  ]) {
    it(`${JSON.stringify(text)} is not understood`, () => {
      expect(parseAlarmRule(text)).to.equal(undefined);
    });
  }

  it('counts alarms, or a percentage of them, in a state or not in it', () => {
    const counting = (text: string) => {
      const rule = parseAlarmRule(text);
      return rule?.kind === 'joined' ? rule.of : rule;
    };
    const counted = { kind: 'at-least', state: 'OK', alarms: ['a'] };
    expect(counting('AT_LEAST(2, OK, (a))')).to.deep.equal([
      { ...counted, threshold: 2, unit: 'alarms', negated: false },
    ]);
    expect(counting('AT_LEAST(60%, NOT OK, (a))')).to.deep.equal([
      { ...counted, threshold: 60, unit: 'percent', negated: true },
    ]);
  });

  it('is understood where it is nested as deep as AWS allows, and not where it is nested for ever', () => {
    for (const [before, after] of [
      ['(', ')'],
      ['NOT ', ''],
    ] as const) {
      const nested = (depth: number) => parseAlarmRule(`${before.repeat(depth)}TRUE${after.repeat(depth)}`);
      expect(nested(200)?.kind).to.equal('joined');
      expect(nested(201)).to.equal(undefined);
      expect(nested(20_000)).to.equal(undefined);
    }
  });

  it('lists the alarms that it names, and the functions that are not known', () => {
    const rule = parseAlarmRule('ALARM(a) AND NOT (OK("b c") OR AT_LEAST(1, ALARM, (d, "e"))) OR LATELY(f)');
    if (rule === undefined) throw new Error('not understood');
    expect(namesIn(rule)).to.deep.equal(['a', 'b c', 'd', 'e']);
    expect(unknownFunctionsIn(rule)).to.deep.equal(['LATELY']);
  });

  /** A rule with parentheses round every part, and what it is of given states. */
  interface Written {
    readonly text: string;
    readonly is: (states: States) => boolean;
  }
  const names = ['a', 'b', 'c'] as const;
  const { tree } = fc.letrec<{ tree: Written; leaf: Written }>((tie) => ({
    leaf: fc
      .tuple(fc.constantFrom(...alarmStates), fc.constantFrom(...names), fc.boolean())
      .map(([state, name, quoted]) => ({
        text: `${state}(${quoted ? `"${name}"` : name})`,
        is: (states: States) => states[name] === state,
      })),
    tree: fc.oneof(
      { maxDepth: 3 },
      tie('leaf'),
      tie('tree').map((of) => ({ text: `NOT (${of.text})`, is: (states: States) => !of.is(states) })),
      fc.tuple(tie('tree'), tie('tree'), fc.boolean()).map(([a, b, and]) => ({
        text: `(${a.text} ${and ? 'AND' : 'OR'} ${b.text})`,
        is: (states: States) => (and ? a.is(states) && b.is(states) : a.is(states) || b.is(states)),
      })),
      fc.tuple(fc.nat({ max: 4 }), fc.constantFrom(...alarmStates), fc.boolean()).map(([count, state, negated]) => ({
        text: `AT_LEAST(${count}, ${negated ? 'NOT ' : ''}${state}, (a, "b", c))`,
        is: (states: States) => names.filter((name) => (states[name] === state) !== negated).length >= count,
      })),
    ),
  }));
  const everyState: readonly States[] = alarmStates.flatMap((a) =>
    alarmStates.flatMap((b) => alarmStates.map((c) => ({ a, b, c }))),
  );

  it('is true or false as its parts are, whatever is written', () => {
    fc.assert(
      fc.property(tree, ({ text, is }) => {
        for (const states of everyState) expect(truth(text, states), text).to.equal(is(states));
      }),
      { numRuns: 200 },
    );
  });

  it('is called true or false of unknown states only if it is so of every one', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(...alarmStates), ({ text, is }, state) => {
        const known = truth(text, { a: state });
        if (known === 'undecided') return;
        for (const states of everyState) if (states['a'] === state) expect(is(states), text).to.equal(known);
      }),
      { numRuns: 200 },
    );
  });
});
