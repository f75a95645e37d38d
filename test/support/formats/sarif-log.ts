import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect } from 'chai';

/** The parts of a SARIF log that tests look at. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] };
      };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
        },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [SarifLocation];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly suppressions: readonly { readonly justification: string }[];
}

interface SarifLocation {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string };
    readonly region?: { readonly startLine: number };
  };
  readonly logicalLocations: readonly [{ readonly fullyQualifiedName: string }];
}

/**
 * The official schema: https://github.com/oasis-tcs/sarif-spec/blob/main/sarif-2.1/schema/sarif-schema-2.1.0.json. It uses
 * nothing of draft 4 that later drafts do not have, but for its own id.
 */
const { id, $schema, ...schema } = JSON.parse(
  readFileSync('test/report/formats/data/sarif-schema-2.1.0.json', 'utf8'),
) as Readonly<Record<string, unknown>>;
const ajv = new Ajv({ strict: false, allErrors: true });
const uriCharacters = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
ajv.addFormat('uri', (text) => uriCharacters.test(text) && URL.canParse(text));
ajv.addFormat('uri-reference', (text) => uriCharacters.test(text) && URL.canParse(text, 'https://example.com/'));
ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
const validate = ajv.compile(schema);

/** Holds a SARIF log to the official schema, and to what the text of the standard adds. */
export function expectSarif(text: string): SarifLog {
  const log = JSON.parse(text) as SarifLog;
  const isValid = validate(log);
  expect(isValid, JSON.stringify(validate.errors, undefined, 2)).to.equal(true);
  expect([id, $schema]).to.deep.equal([
    (log as unknown as { $schema: string }).$schema,
    'http://json-schema.org/draft-04/schema#',
  ]);
  for (const { results, tool } of log.runs) {
    for (const result of results) {
      // 3.27.10: a level other than `none` goes with the kind `fail` only.
      expect(result.level === 'none', result.kind).to.equal(result.kind !== 'fail');
      expect(tool.driver.rules[result.ruleIndex]?.id).to.equal(result.ruleId);
      // 3.11.5: a brace that is not doubled begins a placeholder. 3.11.6: a bracket that is not escaped begins a link.
      expect(result.message.text.replaceAll(/\{\{|\}\}|\\[\\[\]]/g, '')).not.to.match(/[{}[\]\\]/);
    }
  }
  return log;
}
