import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect } from 'chai';

const validatorOf = (path: string) =>
  new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync(path, 'utf8')) as object);
const ofResults = validatorOf('src/report/result.schema.json');
const ofHistory = validatorOf('src/report/history/history.schema.json');
const ofStatus = validatorOf('src/cli/organization/status.schema.json');

/** Holds results, and the status of an organization, in JSON to their schema. Other JSON, and nothing at all, passes. */
export function expectResultSchema(out: string): void {
  if (!/^\{\s*"formatVersion"/.test(out)) return;
  const document = JSON.parse(out) as object;
  const validate = 'aggregator' in document ? ofStatus : ofResults;
  const isValid = validate(document);
  expect(isValid, JSON.stringify(validate.errors, undefined, 2)).to.equal(true);
}

/** Holds a history in JSON to its schema. */
export function expectHistorySchema(out: string): void {
  const isValid = ofHistory(JSON.parse(out));
  expect(isValid, JSON.stringify(ofHistory.errors, undefined, 2)).to.equal(true);
}
