import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { memberOnlyActions } from '../../deploy/generate/permissions.ts';
import { usedActions } from '../support/used-actions.ts';

describe('the permissions of the function', () => {
  const used = usedActions(new URL('../../src/lambda/entry-point.ts', import.meta.url));
  const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const actionsIn = (text: string) => [...new Set(text.match(/\b[a-z]+:[A-Z]\w+/g))].sort();

  it('in serverless.yml are the operations that its code calls, and no others', () => {
    const own = used.filter((action) => !memberOnlyActions.includes(action));
    const statements = file('serverless.yml').match(/^ +Action: (?!lambda:).*$/gm) ?? [];
    expect(actionsIn(statements.join('\n'))).to.deep.equal(own);
  });

  it('are in docs/permissions.md, each with its reason', () => {
    const rows = file('docs/permissions.md').match(/^\| `[a-z]+:[A-Z].*$/gm) ?? [];
    expect(actionsIn(rows.map((row) => row.split('|')[1]).join('\n'))).to.deep.equal(used);
  });
});
