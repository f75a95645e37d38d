import { expect } from 'chai';

import type { IndexedComposite } from '../../../../src/chain/alarm/composite/composite-index.ts';
import { indexComposites } from '../../../../src/chain/alarm/composite/composite-index.ts';
import type { Alarm } from '../../../../src/inventory/resources.ts';
import { alarm, alarmArn, compositeAlarm } from '../../../support/worlds/world.ts';

const child = alarm({ alarmName: 'child' });
const other = alarm({ alarmName: 'other' });
const over = (alarmName: string, alarmRule: string) => compositeAlarm({ alarmName, alarmRule });
const names = (indexed: readonly IndexedComposite[]) => indexed.map(({ composite }) => composite.alarmName);

/** What the index says of a composite alarm named `top`. */
function top(alarmRule: string, ...below: readonly Alarm[]) {
  const { inOrder } = indexComposites([...below, over('top', alarmRule)]);
  const found = inOrder.find(({ composite }) => composite.alarmName === 'top');
  if (found === undefined) throw new Error('not indexed');
  const { children, doubt, circle } = found;
  return { children: children.map(({ alarmName }) => alarmName), doubt, circle };
}

describe('the composite alarms of a listing', () => {
  it('come after all that they depend on, however they are named', () => {
    const listed = [over('a', 'ALARM(b) AND NOT ALARM(d)'), over('b', 'ALARM(c)'), over('c', 'ALARM(child)')];
    const { inOrder } = indexComposites([...listed, over('d', 'ALARM(c)'), child]);
    expect(names(inOrder)).to.have.members(['a', 'b', 'c', 'd']);
    for (const [lower, higher] of [
      ['c', 'b'],
      ['c', 'd'],
      ['b', 'a'],
      ['d', 'a'],
    ] as const) {
      expect(names(inOrder).indexOf(lower)).to.be.lessThan(names(inOrder).indexOf(higher));
    }
  });

  it('above an alarm are all those that depend on it, through others too, those they depend on first', () => {
    const listed = [
      over('p1', 'ALARM(child)'),
      over('p2', 'ALARM(child)'),
      over('q', 'ALARM(p1)'),
      over('r', 'ALARM(p2) AND NOT ALARM(q)'),
      over('of-other', 'ALARM(other)'),
    ];
    const index = indexComposites([child, other, ...listed]);
    const above = names(index.above([child]));
    expect(above).to.have.members(['p1', 'p2', 'q', 'r']);
    for (const [lower, higher] of [
      ['p1', 'q'],
      ['p2', 'r'],
      ['q', 'r'],
    ] as const) {
      expect(above.indexOf(lower)).to.be.lessThan(above.indexOf(higher));
    }
    expect(names(index.above([child, other]))).to.have.members(['p1', 'p2', 'q', 'r', 'of-other']);
  });

  it('are meant by a name before they are meant by an ARN', () => {
    const odd = alarm({ alarmName: alarmArn('child'), alarmArn: alarmArn('odd') });
    const { alarmNamed } = indexComposites([child, odd]);
    expect(alarmNamed('child')).to.equal(child);
    expect(alarmNamed(alarmArn('odd'))).to.equal(odd);
    expect(alarmNamed(alarmArn('child'))).to.equal(odd);
    expect(alarmNamed('gone')).to.equal(undefined);
  });

  it('are indexed once for each list', () => {
    const listed = [child, over('top', 'ALARM(child)')];
    expect(indexComposites(listed)).to.equal(indexComposites(listed));
  });

  it('are visited once each, however many ways lead to them', () => {
    const steps = Array.from({ length: 60 }, (_, step) => step);
    const listed = steps.flatMap((step) =>
      ['left', 'right'].map((side) => over(`${side}-${step + 1}`, `ALARM(left-${step}) OR ALARM(right-${step})`)),
    );
    const { inOrder } = indexComposites([...listed, over('left-0', 'ALARM(child)'), over('right-0', 'ALARM(child)')]);
    expect(inOrder).to.have.lengthOf(122);
  });
});

describe('the children of a composite alarm', () => {
  const rows: readonly (readonly [claim: string, rule: string, children: readonly string[]])[] = [
    [
      'are the alarms that it names, once each',
      'ALARM(child) AND NOT (OK("child") OR ALARM(other))',
      ['child', 'other'],
    ],
    ['are those that exist', 'ALARM(child) OR ALARM(gone)', ['child']],
    ['are not what a name between quotes contains', 'ALARM("child, or") OR ALARM(other)', ['other']],
    [
      'are also those that a function names which is not known',
      'LATELY("child", 5) OR LATELY(other)',
      ['child', 'other'],
    ],
    ['are those that a rule mentions which is not understood', 'ALARM( child ) XOR ALARM("other"', ['child', 'other']],
    [
      'are so with quotes, commas and parentheses in their names',
      'ALARM("a \\"b\\"") XOR ALARM("c (d), e")',
      ['a "b"', 'c (d), e'],
    ],
  ];
  const named = ['a "b"', 'c (d), e'].map((alarmName) => alarm({ alarmName }));
  for (const [claim, rule, children] of rows) {
    it(claim, () => {
      expect(top(rule, child, other, ...named).children).to.have.members(children);
    });
  }
});

describe('what is not understood of a composite alarm', () => {
  const rows: readonly (readonly [claim: string, rule: string, doubt: string | undefined])[] = [
    ['is nothing of a rule that names alarms', 'ALARM(child) AND NOT OK(other)', undefined],
    ['is its rule as a whole', 'ALARM(child', 'the rule of top is not understood: ALARM(child'],
    ['is that no rule is given', ' ', 'the rule of top is not given'],
    [
      'is an alarm that is not there',
      'ALARM(child) OR ALARM(gone)',
      'its rule names the alarm gone, which does not exist',
    ],
    ['is a function that is not known', 'ALARM(child) OR LATELY(other)', 'LATELY in the rule of top is not known'],
    [
      'is what is not understood of a composite alarm below it',
      'ALARM(fine) OR ALARM(odd)',
      'LATELY in the rule of odd is not known',
    ],
    [
      'is its own doubt before one below it',
      'ALARM(gone) OR ALARM(odd)',
      'its rule names the alarm gone, which does not exist',
    ],
  ];
  for (const [claim, rule, doubt] of rows) {
    it(claim, () => {
      const below = [child, other, over('fine', 'ALARM(child)'), over('odd', 'LATELY(child)')];
      expect(top(rule, ...below).doubt).to.equal(doubt);
    });
  }
});

/**
 * "The evaluation of composite alarms stops if CloudWatch detects a cycle in the evaluation path."
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
describe('a circle of composite alarms', () => {
  it('is none where two ways lead to one alarm', () => {
    const below = [child, over('left', 'ALARM(child)'), over('right', 'ALARM(child) AND ALARM(left)')];
    expect(top('ALARM(left) AND ALARM(right)', ...below).circle).to.equal(undefined);
  });

  it('may be one alarm that names itself', () => {
    expect(top('ALARM(child) OR ALARM(top)', child).circle).to.equal('its rule goes in a circle at top');
  });

  it('stops every alarm on it, and every alarm over it', () => {
    const below = [
      child,
      over('fine', 'ALARM(child)'),
      over('a', 'ALARM(b)'),
      over('b', 'ALARM(c)'),
      over('c', 'ALARM(a)'),
    ];
    const listed = [...below, over('on-top', 'ALARM(fine) OR ALARM(b)')];
    const circles = indexComposites(listed).inOrder.map(({ composite, circle }) => [composite.alarmName, circle]);
    const at = 'its rule goes in a circle at a';
    expect(Object.fromEntries(circles)).to.deep.equal({ a: at, b: at, c: at, fine: undefined, 'on-top': at });
  });
});
