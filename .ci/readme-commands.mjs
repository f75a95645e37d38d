// Runs every command that the README shows in a block marked `sh`, as it is written, so that none of them can rot.
// A command followed by `# exit N` is expected to end with that code.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, body]) => body);
const commands = blocks.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '');
// These run on their own before, and would run each other here.
const already = new Set(['npm ci && npm start', 'npm ci && npm test', '.ci/run']);

let failed = 0;
for (const line of commands.filter((command) => !already.has(command))) {
  const [, command, code = '0'] = /^(.*?)(?:\s+# exit (\d+))?$/.exec(line);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  const good = status === Number(code);
  console.log(`${good ? 'ok  ' : 'FAIL'} ${line}`);
  if (!good) console.log(`exit ${status}\n${stdout}\n${stderr}`);
  failed += good ? 0 : 1;
}
process.exitCode = failed === 0 && commands.length > 0 ? 0 : 1;
