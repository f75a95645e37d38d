import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { pageAssets, pageAssetsFile } from './page-assets.ts';
import { generatedPages } from './pages.ts';
import { currentResultSchema } from './result-schema.ts';

for (const [path, text] of Object.entries(generatedPages())) writeFileSync(path, text);

const schemaPath = 'src/report/result.schema.json';
const schema = JSON.stringify(currentResultSchema(readFileSync(schemaPath, 'utf8')), undefined, 2);
writeFileSync(schemaPath, await format(schema, { ...(await resolveConfig(schemaPath)), filepath: schemaPath }));
writeFileSync(pageAssetsFile, await pageAssets());
