import { benchCalls } from './calls.ts';
import { benchChain } from './chain.ts';
import { benchLanguage } from './language.ts';
import { table } from './table.ts';

const rows = [...(await benchChain()), ...(await benchLanguage()), ...(await benchCalls())];
process.stdout.write(`${table(rows)}\n`);
