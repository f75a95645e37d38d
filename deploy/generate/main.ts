import { writeTemplate } from './template-file.ts';

process.stdout.write(`${await writeTemplate()}\n`);
