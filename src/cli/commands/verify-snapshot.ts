import { Command, Option } from 'commander';

import type { Contents } from '../../inventory/snapshot/contents-of.ts';
import { contentsOf } from '../../inventory/snapshot/contents-of.ts';
import type { Snapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { checkSignature, fingerprintOf } from '../../inventory/snapshot/signature.ts';
import { sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import type { LiveOptions } from '../sources/account-options.ts';
import { KEY_FORMS, publicKeyFor } from '../sources/signing-key.ts';
import { readSnapshot } from '../sources/snapshot-sources.ts';
import type { ResultCheck } from '../run/check-results.ts';
import { checkResults } from '../run/check-results.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import { fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';

const verifyHelp: HelpText = {
  examples: [
    ['{cli} snapshot verify account.json'],
    ['{cli} snapshot verify --key public.pem account.json', 'also whether this key signed it'],
    ['{cli} snapshot verify --result results.json account.json', 'also whether these results follow from it'],
  ],
  notes: [
    'The digest in a file shows a change that was made by mistake. Whoever changes a file on purpose can write another ' +
      'digest, but cannot sign it: sign snapshots that are evidence, and check them with `--key`.',
    'A result needs no signature of its own: it is what a snapshot gives under the rules that it names. `--result` judges the ' +
      'snapshot again under those rules, and compares.',
    'Exit codes: 0 unchanged, signed by the key of `--key` and the base of `--result` if they are given; 1 could not run; ' +
      '2 changed, not signed by this key, or not the base of these results; 3 not determined, for instance because a file of format 1 never had a digest; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

interface VerifyOptions extends LiveOptions {
  readonly key?: string;
  /** A file with results. */
  readonly result?: string;
  readonly format: 'text' | 'json';
}

/** The command that says how a snapshot was read, and checks that it is unchanged. */
export function verifyCommand(io: Streams): Command {
  const command = new Command('verify')
    .summary('check a snapshot, and say how it was read')
    .description('Says who read the account, when and how completely, and whether the file is as it was written.')
    .argument('<file>', 'a snapshot, or `-` for standard input')
    .option('--key <key>', `the public key that must have signed it: ${KEY_FORMS}`)
    .option('--result <file>', 'results of `evaluate --format json` that must follow from it')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'));
  return addHelp(command, verifyHelp).action(async (file: string) => {
    try {
      const given = command.optsWithGlobals<VerifyOptions>();
      const read = await readSnapshot(file, io.stdin);
      const key = given.key === undefined ? undefined : await publicKeyFor(given.key, given, io.stdin);
      const { result } = given;
      const results = result === undefined ? undefined : await checkResults(await readText(result, io.stdin), read);
      const stated = statementOf(read.snapshot, read.sha256, key);
      const statement = results === undefined ? stated : { ...stated, results };
      io.out(given.format === 'json' ? `${sanitizeJson(statement)}\n` : statementText(fileTitle(file), statement));
      io.setExitCode(exitCodeOfCheck(statement));
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

/** What a check of a snapshot found: plain data for programs. */
interface Statement extends Pick<Snapshot, 'head' | 'notHeld' | 'kindsNotHeld'> {
  readonly accountId: string;
  readonly region: string;
  readonly readAt: string;
  readonly formatVersion: number;
  /** The SHA-256 of the file, as `sha256sum` prints it. */
  readonly sha256: string;
  /** Whether the contents are those that were written; `unknown` where the file does not say its digest. */
  readonly contents: Contents;
  readonly signature: SignatureStatement;
  /** Whether each of the results of `--result` follows from the snapshot. */
  readonly results?: readonly ResultCheck[];
}

interface SignatureStatement {
  /** `otherKey`: a signature of another key than that of `--key`. */
  readonly state: 'none' | 'valid' | 'invalid' | 'otherKey' | 'unknown';
  /** Whether it was compared with a key of `--key`. */
  readonly isKeyChecked: boolean;
  /** The SHA-256 of the public key. */
  readonly fingerprint?: string;
  readonly keyArn?: string;
  readonly signedAt?: string;
}

function statementOf(snapshot: Snapshot, sha256: string, key: Buffer | undefined): Statement {
  const { inventory, head, formatVersion, notHeld, kindsNotHeld } = snapshot;
  const { accountId, region, readAt } = inventory;
  const contents = contentsOf(snapshot);
  const signature = signatureOf(snapshot, key);
  return { accountId, region, readAt, formatVersion, sha256, contents, signature, head, notHeld, kindsNotHeld };
}

function signatureOf({ integrity, digest }: Snapshot, key: Buffer | undefined): SignatureStatement {
  const isKeyChecked = key !== undefined;
  if (integrity?.signature === undefined) return { state: 'none', isKeyChecked };
  const { keyArn, signedAt } = integrity.signature;
  const about = { isKeyChecked, signedAt, ...(keyArn === undefined ? {} : { keyArn }) };
  const check = checkSignature(integrity);
  if (check.kind === 'undecided') return { state: 'unknown', ...about };
  const { kind, fingerprint } = check;
  const isOther = key !== undefined && fingerprintOf(key) !== fingerprint;
  // A signature is one of the digest in the file, which has to be that of the contents.
  const isValid = kind === 'valid' && integrity.sha256 === digest;
  return { state: isValid ? (isOther ? 'otherKey' : 'valid') : 'invalid', ...about, fingerprint };
}

function exitCodeOfCheck({ contents, signature: { state, isKeyChecked }, results = [] }: Statement): number {
  if (results.some((one) => one.state === 'differs' || one.state === 'other-snapshot')) return exitCodes.broken;
  if (contents === 'changed' || state === 'invalid' || state === 'otherKey') return exitCodes.broken;
  if (isKeyChecked && state === 'none') return exitCodes.broken;
  const isOpen = results.some((one) => one.state === 'unknown');
  return contents === 'unknown' || state === 'unknown' || isOpen ? exitCodes.undecided : exitCodes.satisfied;
}

const NOT_SAID = 'not known: the file does not say it';

/** The statement for people: a line for each question. */
function statementText(file: string, statement: Statement): string {
  const { accountId, region, readAt, formatVersion, sha256, head, notHeld, kindsNotHeld } = statement;
  const { toolVersion, startedAt, endedAt, endpoint, regions = [], command, redacted, completeness } = head;
  const lines: readonly (readonly [title: string, text: string])[] = [
    ['account', `${accountId}, seen from ${region}`],
    ['read', startedAt === undefined || endedAt === undefined ? readAt : `${startedAt} to ${endedAt}`],
    ['by', callerLine(head)],
    ['from', endpoint === undefined ? (head.upgradedFrom === 1 ? NOT_SAID : 'AWS') : `${endpoint}, which is not AWS`],
    ['regions', regions.length === 0 ? NOT_SAID : regions.join(', ')],
    ['with', `${toolVersion === undefined ? 'version not known' : `version ${toolVersion}`}, format ${formatVersion}`],
    ['command', command === undefined ? NOT_SAID : command.join(' ')],
    ['names', redacted === true ? 'a copy under other names' : 'as they are in the account'],
    ['complete', completenessText(completeness)],
    ...completeness.refused.map(({ part, operation, error }) => ['', `${part}: ${operation}, ${error}`] as const),
    ...(kindsNotHeld.length === 0
      ? []
      : [
          [
            'not held',
            `what format ${head.upgradedFrom ?? formatVersion} did not have: ${kindsNotHeld.join(', ')}`,
          ] as const,
        ]),
    ...notHeld.map((sentence) => ['not held', sentence] as const),
    ['contents', contentsText(statement)],
    ['signature', signatureText(statement.signature)],
    ['sha256', `${sha256} (of the file)`],
    ...(statement.results ?? []).map((one) => ['result', resultText(one)] as const),
  ];
  return `${sanitizeLine(file)}\n${lines.map(([title, text]) => `  ${title.padEnd(10)} ${sanitizeLine(text)}\n`).join('')}`;
}

function callerLine({ caller, callerFailure, redacted }: Statement['head']): string {
  if (redacted === true) return 'not shown in a copy under other names';
  return caller ?? (callerFailure === undefined ? NOT_SAID : `not known: ${callerFailure}`);
}

function completenessText({ isComplete, read, refused, notNeeded }: Statement['head']['completeness']): string {
  const parts = Object.values(read).reduce((sum, count) => sum + count, 0);
  const others = notNeeded.length === 0 ? '' : `; not needed: ${notNeeded.join(', ')}`;
  return isComplete
    ? `yes; parts that were read: ${parts}, refused: none${others}`
    : `no; parts that were read: ${parts}, refused: ${refused.length}${others}`;
}

function contentsText({ contents }: Statement): string {
  switch (contents) {
    case 'unchanged':
      return 'unchanged: the digest in the file is that of its contents';
    case 'changed':
      return 'CHANGED: the file does not hold what was written';
    case 'unknown':
      return 'not determined: a file of format 1 has no digest. Compare sha256 with one that was kept elsewhere';
  }
}

function resultText({ controlId, verdict, state }: ResultCheck): string {
  const said = {
    follows: 'follows from this snapshot under the rules that it names',
    differs: 'DOES NOT FOLLOW from this snapshot under the rules that it names',
    'other-snapshot': 'RESTS ON ANOTHER FILE, or on a live account',
    unknown: 'not determined: it does not name its rules, or this version does not have them',
  }[state];
  return `${controlId} ${verdict}: ${said}`;
}

function signatureText({ state, fingerprint = '', keyArn, signedAt = '', isKeyChecked }: SignatureStatement): string {
  const key = `key ${keyArn === undefined ? '' : `${keyArn}, `}sha256:${fingerprint}`;
  switch (state) {
    case 'none':
      return isKeyChecked ? 'NONE: the file is not signed' : 'none';
    case 'valid':
      return isKeyChecked
        ? `valid: signed by the given key at ${signedAt} (${key})`
        : `valid: signed at ${signedAt} by ${key}. Whose key that is, \`--key\` checks`;
    case 'invalid':
      return `NOT VALID: ${key} did not sign these contents`;
    case 'otherKey':
      return `OF ANOTHER KEY: signed by ${key}`;
    case 'unknown':
      return 'not determined: the algorithm is not known';
  }
}
