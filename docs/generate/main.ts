import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { pageAssets, pageAssetsFile } from './page-assets.ts';
import { memberRoleFile, memberRoleTemplate } from '../../deploy/generate/member-role.ts';
import { generatedPages } from './pages.ts';
import { currentResultSchema } from './result-schema.ts';
import { snapshotJsonSchema } from './snapshot-schema.ts';

for (const [path, text] of Object.entries(generatedPages())) writeFileSync(path, text);

const formatted = async (path: string, text: string) =>
  format(text, { ...(await resolveConfig(path)), filepath: path });
writeFileSync(memberRoleFile, await formatted(memberRoleFile, memberRoleTemplate()));

const schemaPath = 'src/report/result.schema.json';
const schema = JSON.stringify(currentResultSchema(readFileSync(schemaPath, 'utf8')), undefined, 2);
writeFileSync(schemaPath, await formatted(schemaPath, schema));
const snapshotPath = 'src/inventory/snapshot.schema.json';
writeFileSync(snapshotPath, await formatted(snapshotPath, JSON.stringify(snapshotJsonSchema())));
writeFileSync(pageAssetsFile, await pageAssets());
