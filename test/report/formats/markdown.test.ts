import { expect } from 'chai';

import { markdownOf } from '../../../src/report/formats/markdown.ts';
import type { Result } from '../../../src/report/result.ts';
import { documentOf, resultOf } from '../../support/formats/arbitrary-results.ts';

const forms = ['AWS CLI', 'Terraform', 'CloudFormation', 'Console'];

/** A broken account with a remediation in every form. */
const withRemediation = (name: string, textOf: (form: string) => string): Result => ({
  ...resultOf(name, 'broken'),
  remediation: forms.map((form) => ({ form, text: textOf(form) })),
});

describe('the remediation in Markdown', () => {
  it('is folded below the fix, a block for each form', () => {
    const text = markdownOf(documentOf(withRemediation('a', (form) => `text for ${form}\n`)));
    for (const form of forms) {
      expect(text).to.contain(`<details><summary>${form}</summary>\n\n\`\`\`\ntext for ${form}\n\`\`\`\n\n</details>`);
    }
    // The fix, the forms, and how it was judged.
    expect(text.match(/<details>/g)).to.have.lengthOf(forms.length + 2);
    expect(text.match(/<\/details>/g)).to.have.lengthOf(forms.length + 2);
  });

  it('does not end its block, whatever it holds', () => {
    const text = markdownOf(documentOf(withRemediation('a', () => 'one\n`````\n</details> \u202e two')));
    expect(text).to.contain('\n``````\none\n`````\n</details> \\u202e two\n``````\n');
  });

  it('is the first form alone, of as many results as fit, where all of it is too long for a comment', () => {
    const results = Array.from({ length: 40 }, (_, at) => withRemediation(`account ${at}`, () => 'x'.repeat(1500)));
    const text = markdownOf(documentOf(...results));
    expect(text.length).to.be.lessThan(65_536);
    expect(text.match(/<summary>AWS CLI/g)).to.have.lengthOf(20);
    expect(text).not.to.contain('<summary>Terraform');
    expect(text).to.contain('The commands for 20 results are left out: `remediate` prints them.');
  });
});
