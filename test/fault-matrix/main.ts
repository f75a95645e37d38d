import { matrix, problemLines, runCells, summaryLine } from './matrix.ts';

// The whole matrix, or the cells of which the name of the operation or of the fault contains the argument:
//   npm run faults [-- WORDS]
const words = process.argv.slice(2).join(' ');
const cells = matrix().filter(({ operation, fault }) => `${operation} ${fault.name}`.includes(words));
const results = await runCells(cells, 16);
for (const line of problemLines(results)) process.stdout.write(`${line}\n`);
process.stdout.write(`${summaryLine(results)}\n`);
process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
