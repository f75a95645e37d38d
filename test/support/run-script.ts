import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { word } from '../../src/remediation/render/shell/word.ts';
import { ACCOUNT } from './worlds/world.ts';

export interface ScriptRun {
  /** The words of each call of `aws`. */
  readonly calls: readonly (readonly string[])[];
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
  /** What lies in the folder that the script ran in. */
  readonly files: readonly string[];
}

/** Runs a script with an `aws` of our own, that notes its words and answers what the script expects. */
export function runScript(script: string, given: Readonly<Record<string, string>> = {}): ScriptRun {
  const folder = mkdtempSync(join(tmpdir(), 'remediation-'));
  try {
    const aws = join(folder, 'aws');
    const log = join(folder, 'calls');
    writeFileSync(
      aws,
      `#!/bin/sh
for one in "$@"; do printf '%s\\0' "$one"; done >>${word(log)}
printf '\\1' >>${word(log)}
[ "$2" = "\${FAIL:-}" ] && exit 254
case "$1 $2" in
  'sts get-caller-identity') echo "\${AWS_ACCOUNT:-${ACCOUNT}}" ;;
  'logs describe-metric-filters' | 'cloudwatch describe-alarms')
    case "\${TAKEN:-}" in true | null) echo "$TAKEN" ;; *) printf '"%s"\\n' "\${TAKEN:-0/0}" ;; esac ;;
  'logs describe-log-groups') echo "\${GROUPS_THERE:-0}" ;;
  'logs list-tags-for-resource') echo "\${OWNER:-null}" ;;
  'iam get-role') [ -n "\${OWNER:-}" ] || { echo 'An error occurred (NoSuchEntity)' >&2; exit 254; }; echo "$OWNER" ;;
  'cloudtrail get-trail') echo "\${CONNECTED:-None}" ;;
  'cloudtrail update-trail') [ -z "\${REFUSED:-}" ] || { echo "$REFUSED" >&2; exit 254; } ;;
  'sns list-subscriptions-by-topic') 
    case "$*" in *Endpoint*text*) printf '%s\\n' "\${ENDPOINTS:-}" ;; *) echo "\${SUBSCRIBED:-null}" ;; esac ;;
  'cloudtrail get-event-selectors')
    case "$*" in *length*) echo "\${SELECTED:-0}" ;; *) printf '[\\n  {"ReadWriteType": "ReadOnly"}\\n]\\n' ;; esac ;;
  'cloudtrail get-trail-status') echo "\${LOGGING:-false}" ;;
  'sns get-topic-attributes')
    [ -n "\${POLICY:-}" ] || { echo 'An error occurred (NotFound)' >&2; exit 254; }
    printf '%s\\n' "$POLICY" ;;
esac
`,
    );
    chmodSync(aws, 0o755);
    writeFileSync(log, '');
    const { status, stderr, stdout } = spawnSync('sh', [], {
      input: script,
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...given, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    const calls = readFileSync(log, 'utf8')
      .split('\u0001')
      .slice(0, -1)
      .map((call) => call.split('\0').slice(0, -1));
    return { calls, status, stderr, stdout, files: readdirSync(folder).sort() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
