import { expect } from 'chai';

import { isJsonObject, listOf, parseJson } from '../../../src/chain/base/json.ts';

describe('JSON text', () => {
  it('is parsed, and text that is not JSON is no value', () => {
    expect(parseJson('{"a":[1]}')).to.deep.equal({ a: [1] });
    expect(parseJson('null')).to.equal(null);
    for (const text of ['', '{', "{'a': 1}", 'undefined']) expect(parseJson(text), text).to.equal(undefined);
  });

  it('is an object only if it is neither a list nor null nor a single value', () => {
    for (const value of [{}, { a: 1 }]) expect(isJsonObject(value)).to.equal(true);
    for (const value of [[], [{}], null, undefined, 'a', 1, true]) expect(isJsonObject(value)).to.equal(false);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
  it('of a policy may give one value in the place of a list of one', () => {
    expect(listOf(['a', 'b'])).to.deep.equal(['a', 'b']);
    expect(listOf([])).to.deep.equal([]);
    expect(listOf('a')).to.deep.equal(['a']);
    expect(listOf({ a: 1 })).to.deep.equal([{ a: 1 }]);
    expect(listOf(null)).to.deep.equal([null]);
    expect(listOf(undefined)).to.deep.equal([]);
  });
});
