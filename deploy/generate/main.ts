import { writeFileSync } from 'node:fs';

import { generatedFiles } from './generated-files.ts';
import { writeTemplate } from './template-file.ts';

for (const [path, text] of Object.entries(await generatedFiles())) writeFileSync(path, text);
process.stdout.write(`${await writeTemplate()}\n`);
