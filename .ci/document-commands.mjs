// Runs every command that a document shows in a block marked `sh`, as it is written, so that none of them can rot.
// A command followed by `# exit N`, and perhaps more words, is expected to end with that code.
//
// A block marked `sh aws` needs an account of AWS. Its commands are not run, and are held to what can be known without
// one: the AWS CLI, or our own, knows the command and its options, and what is deployed can be packaged with these
// settings.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const shown = documents.flatMap((document) => {
  const blocks = [...readFileSync(document, 'utf8').matchAll(/^```sh( aws)?\n(.*?)^```$/gms)];
  return blocks.flatMap(([, aws, body]) =>
    body
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ document, line, needsAccount: aws !== undefined })),
  );
});
// A command that several documents show runs once.
const commands = [...new Map(shown.map((command) => [command.line, command])).values()];
// The gate runs these itself, and some of them run this program.
const already = new Set(['npm ci', 'npm ci && npm start', 'npm ci && npm test', '.ci/run']);

/** A command in the place of one that needs an account. */
function offline(line) {
  // A script of ours that only writes files runs as it is.
  if (/^npm run -s (template|conformance-pack)\b/.test(line)) return line;
  if (line.startsWith('xargs npx serverless deploy ')) return offline(/^xargs (.*) < \S+$/.exec(line)?.[1] ?? '');
  if (line.startsWith('npx serverless deploy '))
    return line.replace(' deploy ', ' package ').replace(/ --aws-profile \S+/, '');
  if (line.startsWith('npx serverless remove ')) return line.replace(' remove ', ' print ');
  if (line.startsWith('aws ')) return `${line.replace(/ --profile \S+/, '')} --generate-cli-skeleton output`;
  // The help wins over whatever else is asked for, so each option is looked up in it.
  if (/^npm (start|run -s cli) -- /.test(line)) {
    const [asked] = line.split(' > ');
    const known = asked.match(/--[a-z]\S*/gi).map((option) => `printf %s "$help" | grep -qe '${option} '`);
    return [`help=$(${asked} --help)`, ...known].join(' && ');
  }
  return undefined;
}

// What an earlier run wrote would be in the way: no command replaces a file.
for (const file of ['redacted.json', 'signed.json']) rmSync(file, { force: true });
let failed = 0;
for (const { document, line, needsAccount } of commands.filter((command) => !already.has(command.line))) {
  const [, written, code = '0'] = /^(.*?)(?:\s+# exit (\d+).*)?$/.exec(line);
  const command = needsAccount ? offline(written) : written;
  if (command === undefined) {
    console.log(`FAIL ${document}: ${line}\nno check is known for this command without an account`);
    failed += 1;
    continue;
  }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', timeout: 300_000 });
  const good = status === Number(code);
  console.log(
    `${good ? 'ok  ' : 'FAIL'} ${document}: ${line}${needsAccount ? `\n     without an account: ${command}` : ''}`,
  );
  if (!good) console.log(`exit ${status}\n${stdout}\n${stderr}`);
  failed += good ? 0 : 1;
}
process.exitCode = failed === 0 && commands.length > 0 ? 0 : 1;
