import { benchChain } from './chain.ts';
import { table } from './table.ts';

process.stdout.write(`${table(await benchChain())}\n`);
