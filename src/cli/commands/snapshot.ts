import { Command, Option } from 'commander';

import type { Inventory } from '../../inventory/model.ts';
import { SNAPSHOT_FORMAT_VERSION, snapshotReader } from '../../inventory/snapshot-reader.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { sanitizeJson } from '../../report/sanitize-line.ts';
import { readEverything } from '../../assessment/read-everything.ts';
import type { AccountOptions } from '../sources/account-options.ts';
import { withLiveOptions } from '../sources/account-options.ts';
import type { Streams } from '../terminal/streams.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { redactedCopy } from '../../assessment/redacted-copy.ts';
import { chooseRegion } from '../sources/region.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';
import { readSnapshot } from '../sources/sources.ts';
import { writeFileAtomically } from '../terminal/write-file.ts';

const snapshotHelp: HelpText = {
  examples: [
    ['{cli} snapshot --profile audit --region eu-west-1 account.json'],
    ['{cli} evaluate account.json', 'judges it as it was'],
    ['{cli} snapshot --redact --from account.json report.json'],
  ],
  notes: [
    'The file holds what was read of trails, log groups, metric filters, alarms and topics, with the names and policies ' +
      'there; no credentials, no endpoint of a subscription.',
    'With `--redact` account ids and names are replaced, each by the same one wherever it stands, also in ARNs, policies, ' +
      'alarm rules, metric math and messages of AWS; so are addresses of people, and in a pattern all that a field is ' +
      'compared with but for words of AWS, such as names of events. Regions, times, settings, the names of fields, the terms ' +
      'of a pattern and what else a message says stay: look through the file before you attach it. It is judged as the ' +
      'account is, which is tried before it is written.',
  ],
};

interface SnapshotOptions extends AccountOptions {
  readonly foreignAccountRoleName?: string;
  readonly from?: string;
  readonly redact?: true;
}

/** The command that keeps all that can be judged of an account in one file. */
export function snapshotCommand(io: Streams): Command {
  return addHelp(withLiveOptions(new Command('snapshot')), snapshotHelp)
    .summary('keep all that can be judged of a live account in one file')
    .description('Reads every part of a live account that a judgement may ask for, and writes one JSON file.')
    .argument('<file>', 'the file to write; it is written whole or not at all')
    .option('--foreignAccountRoleName <name>', 'a role to read the accounts that own log groups, alarms and topics')
    .option('--redact', 'replace account ids and names, so that the file can be attached to a report')
    .addOption(
      new Option('--from <snapshot>', 'write a snapshot anew, in place of a live account').conflicts([
        'profile',
        'region',
        'endpointUrl',
        'foreignAccountRoleName',
      ]),
    )
    .action(async (file: string, given: SnapshotOptions) => {
      try {
        const read = given.from === undefined ? await readLive(given) : await readSaved(given.from);
        if (read.kind === 'refused') {
          printErrors(read.problems, io);
          return;
        }
        const inventory = given.redact === true ? await redactedCopy(read.inventory, snapshotReader) : read.inventory;
        // Names and policies of an account are for its owner.
        await writeFileAtomically(
          file,
          `${sanitizeJson({ formatVersion: SNAPSHOT_FORMAT_VERSION, ...inventory })}\n`,
          0o600,
        );
        const how = given.redact === true ? ', under other names' : '';
        io.err(`account ${read.inventory.accountId} as it was at ${inventory.readAt}${how}: ${file}\n`);
      } catch (error) {
        printErrors([messageOf(error)], io);
      }
    });
}

type Read =
  | { readonly kind: 'read'; readonly inventory: Inventory }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

async function readLive({ region, profile, endpointUrl, foreignAccountRoleName = '' }: SnapshotOptions): Promise<Read> {
  const parsed = parseParameters({ foreignAccountRoleName });
  const from = await chooseRegion({ region, profile });
  if (parsed.kind === 'invalid' || from.kind === 'missing') {
    const problems = parsed.kind === 'invalid' ? parsed.problems : [];
    return { kind: 'refused', problems: [...problems, ...(from.kind === 'missing' ? [from.problem] : [])] };
  }
  // The SDK is loaded only where it is needed.
  const { liveSource } = await import('../sources/live-source.ts');
  const source = liveSource({ profile, endpointUrl }, from.region, parsed.parameters.options);
  return { kind: 'read', inventory: await readEverything(await source.open()) };
}

/** A saved one is not walked through, which could leave out what none asks for. */
async function readSaved(path: string): Promise<Read> {
  try {
    return { kind: 'read', inventory: await readSnapshot(path) };
  } catch (error) {
    return { kind: 'refused', problems: [`${path}: ${messageOf(error)}`] };
  }
}
