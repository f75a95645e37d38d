import { Command, Option } from 'commander';

import manifest from '../../../package.json' with { type: 'json' };
import { readEverything } from '../../assessment/read-everything.ts';
import { redactedCopy } from '../../assessment/redacted-copy.ts';
import type { Inventory } from '../../inventory/model.ts';
import { snapshotReader } from '../../inventory/snapshot-reader.ts';
import { redactedReading } from '../../inventory/snapshot/redacted-reading.ts';
import { signed } from '../../inventory/snapshot/signature.ts';
import { isChanged } from '../../inventory/snapshot/contents-of.ts';
import type { Reading, Snapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { snapshotFile } from '../../inventory/snapshot/snapshot-file.ts';
import { notHeldSentences } from '../../inventory/snapshot/upgrades.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { sanitizeJson } from '../../report/sanitize-line.ts';
import { givenCommand } from '../run/given-command.ts';
import type { NamedLiveOptions } from '../sources/account-options.ts';
import { LIVE_ACCOUNT_NOTE, liveAccountIdOption, withLiveOptions } from '../sources/account-options.ts';
import { readRedactionKey } from '../sources/redaction-key.ts';
import { chooseRegion } from '../sources/region.ts';
import type { RuleOptions } from '../sources/rule-options.ts';
import { namingOptions, ruleParameters, withRuleOption } from '../sources/rule-options.ts';
import { KEY_FORMS, signerFor } from '../sources/signing-key.ts';
import { readSnapshot } from '../sources/snapshot-sources.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';
import { STANDARD_STREAM } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import { verifyCommand } from './verify-snapshot.ts';
import { refuseExisting, writeFileAtomically } from '../terminal/write-file.ts';

const snapshotHelp: HelpText = {
  examples: [
    ['{cli} snapshot --profile audit --region eu-west-1 account.json'],
    ['{cli} evaluate account.json', 'evaluates the account as it was'],
    ['{cli} snapshot --redact --from account.json report.json', 'a copy under other names'],
    ['{cli} snapshot verify account.json', 'what it says of its reading, and whether it is unchanged'],
    ['{cli} snapshot --sign key.pem --from account.json signed.json'],
  ],
  notes: [
    LIVE_ACCOUNT_NOTE,
    'The file holds what was read of trails, log groups, metric filters, alarms and topics, with their names and ' +
      'policies. It holds no credentials. A file that exists is replaced only with `--force`.',
    '`--redact` replaces every word that is not one of AWS for its field: account ids, names of resources and people, ' +
      'addresses, and the values of patterns and policies. A word has one stand-in everywhere. Regions, times, settings and ' +
      'names of events and services stay. Before the copy is written, it is compared with the account: it gets the same ' +
      'verdicts.',
    'With `--key-file` a word has the same stand-in in every snapshot and account. `--mapping` writes what each stand-in ' +
      'stands for, for you alone. Without both, nobody can find the names again.',
  ],
};

interface SnapshotOptions extends NamedLiveOptions, RuleOptions {
  readonly from?: string;
  readonly redact?: true;
  readonly force?: true;
  readonly keyFile?: string;
  readonly mapping?: string;
  readonly dropUnreadablePatterns?: boolean;
  readonly sign?: string;
}

/** The command that keeps everything that a verdict can depend on in one file. */
export function snapshotCommand(io: Streams): Command {
  const command = new Command('snapshot')
    .summary('save an account in one file, to evaluate it later')
    .description('Reads everything of a live account that a verdict can depend on, and writes one JSON file.')
    .argument('<file>', 'the file to write, or `-` for standard output; it is written whole or not at all')
    .option('--redact', 'replace account ids and names, so that the file can be attached to a report')
    .option('--key-file <file>', 'with `--redact`: a secret that makes stand-ins the same in every snapshot')
    .option('--mapping <file>', 'with `--redact`: write what each stand-in stands for, readable by you alone')
    .option('--drop-unreadable-patterns', 'with `--redact`: leave out metric filters whose pattern cannot be shown')
    .option('--force', 'replace a file that exists')
    .option('--sign <key>', `sign the file with a private key: ${KEY_FORMS}`)
    .addOption(
      new Option(
        '--from <snapshot>',
        'copy a snapshot, or `-` for standard input, in place of a live account',
      ).conflicts(['region', 'accountId', 'foreignAccountRoleName']),
    );
  withRuleOption(withLiveOptions(command).addOption(liveAccountIdOption()), 'foreignAccountRoleName');
  command.addCommand(verifyCommand(io));
  return addHelp(command, snapshotHelp).action(async (file: string, given: SnapshotOptions) => {
    try {
      await takeSnapshot(file, given, givenCommand(command), io);
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

async function takeSnapshot(
  file: string,
  given: SnapshotOptions,
  words: readonly string[],
  io: Streams,
): Promise<void> {
  const { from, redact, force = false } = given;
  if (
    redact !== true &&
    [given.keyFile, given.mapping, given.dropUnreadablePatterns].some((one) => one !== undefined)
  ) {
    printErrors(['`--key-file`, `--mapping` and `--drop-unreadable-patterns` need `--redact`'], io);
    return;
  }
  const hasAccount = given.profile !== undefined || given.endpointUrl !== undefined;
  if (from !== undefined && hasAccount && given.sign === undefined) {
    printErrors(
      ['`--from` copies a snapshot: `--profile` and `--endpoint-url` only help `--sign` to reach AWS KMS'],
      io,
    );
    return;
  }
  // Checked before anything is read, since reading an account takes a while.
  if (!force) await refuseExisting(file, from === undefined && redact === true ? redactHint(file) : '');
  // So is the key: nobody waits for an account, to learn that there is none.
  const signer = given.sign === undefined ? undefined : await signerFor(given.sign, given, io.stdin);
  const read =
    from === undefined ? await readLive(given, words, io) : readingOf((await readSnapshot(from, io.stdin)).snapshot);
  if ('problems' in read) {
    printErrors(read.problems, io);
    return;
  }
  const inventory = redact === true ? await redactSnapshot(read.inventory, given, io) : read.inventory;
  const reading = redact === true ? redactedReading(read.reading, Object.values(notHeldSentences)) : read.reading;
  const contents = snapshotFile(inventory, reading);
  const text = `${sanitizeJson(signer === undefined ? contents : await signed(contents, signer, new Date()))}\n`;
  // Names and policies of an account are for its owner.
  if (file === STANDARD_STREAM) io.out(text);
  else await writeFileAtomically(file, text, { mode: 0o600, force });
  const how = redact === true ? ', under other names' : '';
  const where = file === STANDARD_STREAM ? 'standard output' : file;
  io.err(`account ${read.inventory.accountId} as it was at ${inventory.readAt}${how}: ${where}\n`);
}

async function redactSnapshot(
  inventory: Inventory,
  { keyFile, mapping, dropUnreadablePatterns, force }: SnapshotOptions,
  io: Streams,
): Promise<Inventory> {
  const redacted = await redactedCopy(inventory, snapshotReader, {
    ...(keyFile === undefined ? {} : { digest: await readRedactionKey(keyFile) }),
    mayOmitFilters: dropUnreadablePatterns === true,
  });
  for (const place of redacted.omitted) io.err(`left out, because it cannot be shown: ${place}\n`);
  if (mapping !== undefined) {
    const names = Object.fromEntries(redacted.mapping);
    await writeFileAtomically(mapping, `${sanitizeJson({ formatVersion: 1, names })}\n`, {
      mode: 0o600,
      force: force === true,
    });
  }
  return redacted.copy;
}

/** Somebody may name the file that is to be redacted where the file to write is expected. */
function redactHint(file: string): string {
  return `; to redact it, name it with \`--from\`: \`snapshot --redact --from ${file} redacted.json\``;
}

type ReadAccount =
  { readonly inventory: Inventory; readonly reading: Reading } | { readonly problems: readonly string[] };

/** What a snapshot says of its reading, for a copy. */
function readingOf(snapshot: Snapshot): ReadAccount {
  // A copy gets a digest of its own, and would pass for what was read.
  if (isChanged(snapshot))
    return { problems: ['the snapshot of `--from` is not as it was written; see `snapshot verify`'] };
  const { inventory, head, notHeld } = snapshot;
  return { inventory, reading: { ...head, ...(notHeld.length === 0 ? {} : { notHeld }) } };
}

async function readLive(given: SnapshotOptions, command: readonly string[], io: Streams): Promise<ReadAccount> {
  const asked = ruleParameters(given);
  const parsed = asked.kind === 'invalid' ? asked : parseParameters(asked.values);
  const chosen = await chooseRegion(given);
  if (parsed.kind === 'invalid' || chosen.kind === 'missing') {
    const problems = parsed.kind === 'invalid' ? namingOptions(parsed.problems) : [];
    return { problems: [...problems, ...(chosen.kind === 'missing' ? [chosen.problem] : [])] };
  }
  for (const hint of chosen.hints) io.err(`note: ${hint}\n`);
  // The SDK is loaded only where it is needed.
  const { liveSource } = await import('../sources/live-source.ts');
  const source = liveSource(given, chosen.region, parsed.parameters.options);
  const startedAt = new Date().toISOString();
  const reader = await source.open();
  const inventory = await readEverything(reader);
  const { caller, callerFailure, endpoint } = reader.origin ?? {};
  const reading = {
    toolVersion: manifest.version,
    startedAt,
    endedAt: new Date().toISOString(),
    ...(caller === undefined ? {} : { caller }),
    ...(callerFailure === undefined ? {} : { callerFailure }),
    ...(endpoint === undefined ? {} : { endpoint }),
    command,
  };
  return { inventory, reading };
}
