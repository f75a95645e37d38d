import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect } from 'chai';

const schema = JSON.parse(readFileSync('src/report/result.schema.json', 'utf8')) as object;
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** Holds results in JSON to their schema. Other JSON, and nothing at all, passes. */
export function expectResultSchema(out: string): void {
  if (!/^\{\s*"formatVersion"/.test(out)) return;
  const isValid = validate(JSON.parse(out));
  expect(isValid, JSON.stringify(validate.errors, undefined, 2)).to.equal(true);
}
