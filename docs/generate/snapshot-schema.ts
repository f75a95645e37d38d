import { SNAPSHOT_FORMAT_VERSION, snapshotSchema } from '../../src/inventory/snapshot-schema.ts';
import { jsonSchemaOf } from './json-schema-of.ts';

/** The JSON schema of the snapshot file, from the schema with which the program reads it. */
export function snapshotJsonSchema(): unknown {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:mfa-deactivation-alarm-rule:snapshot:${SNAPSHOT_FORMAT_VERSION}`,
    title: 'What `snapshot` writes',
    description:
      'An account as it was read. `formatVersion` goes up with every change of the format, so a file of this version has ' +
      'these members and no others. The program reads files of every older version.',
    ...jsonSchemaOf(snapshotSchema),
  };
}
