import { expect } from 'chai';

import { catalog } from '../../../src/controls/catalog.ts';
import { compare, parse } from '../../../src/event-pattern/index.ts';
import { parse as parseFilter, type Pattern } from '../../../src/filter-pattern/index.ts';

function filterPattern(text: string): Pattern {
  const parsed = parseFilter(text);
  if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
  return parsed.pattern;
}

/** The controls that ask for calls of one service by their names, and nothing else but the service. */
const byName = catalog.flatMap(({ id, filterPattern: text, premises }) => {
  const service = /eventSource = "([a-z0-9]+)\.amazonaws\.com"/.exec(premises)?.[1];
  const rest = text.replaceAll(/\$\.event(?:Name|Source)\s*=\s*"?[\w.]+"?/g, '');
  const names = [...text.matchAll(/\$\.eventName\s*=\s*"?(\w+)/g)].map(([, name = '']) => name);
  return service !== undefined && premises.includes('AwsApiCall') && /^[{}()|&\s]*$/.test(rest)
    ? [{ id, text, premises, service, names }]
    : [];
});

describe('the rule that names the calls of a control', () => {
  it('can be written for most controls', () => {
    expect(byName.length).to.be.greaterThan(10);
  });

  for (const { id, text, premises, service, names } of byName) {
    const rule = (eventNames: readonly string[]) =>
      JSON.stringify({
        source: [`aws.${service}`],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventName: eventNames },
      });
    const relationOf = (eventNames: readonly string[]) => {
      const parsed = parse(rule(eventNames));
      if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
      const question = { required: filterPattern(text), premises: filterPattern(premises) };
      return compare({ candidates: [parsed.pattern], ...question }).relation;
    };

    it(`is equivalent to ${id}, and with another name broader`, () => {
      expect(relationOf(names)).to.equal('equivalent');
      expect(relationOf([...names, 'ListUsers'])).to.equal('broader');
    });
  }
});
