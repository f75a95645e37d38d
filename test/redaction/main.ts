import { copyRandomAccounts } from './random-copies.ts';

/** Copies random accounts under other names and counts what leaks: `npm run redaction -- [copies] [seed]`. */
const [size = 2000, seed = 1] = process.argv.slice(2).map(Number);
const { copies, leaks, refusals } = await copyRandomAccounts(size, seed);
for (const line of [...leaks, ...refusals]) process.stdout.write(`${line}\n`);
const share = ((100 * refusals.length) / copies).toFixed(2);
process.stdout.write(
  `seed ${seed}: ${copies} accounts, ${leaks.length} leaks, ${refusals.length} refused (${share} %)\n`,
);
process.exitCode = leaks.length > 0 ? 1 : 0;
