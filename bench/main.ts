import { benchCalls } from './calls.ts';
import { benchChain } from './chain.ts';
import { table } from './table.ts';

process.stdout.write(`${table([...(await benchChain()), ...(await benchCalls())])}\n`);
