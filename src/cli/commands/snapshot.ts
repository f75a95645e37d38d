import { Command, Option } from 'commander';

import type { Inventory } from '../../inventory/model.ts';
import { SNAPSHOT_FORMAT_VERSION, snapshotReader } from '../../inventory/snapshot-reader.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { sanitizeJson } from '../../report/sanitize-line.ts';
import { readEverything } from '../../assessment/read-everything.ts';
import type { AccountOptions } from '../sources/account-options.ts';
import { withLiveOptions } from '../sources/account-options.ts';
import type { Io } from '../terminal/io.ts';
import { messageOf, refuse } from '../terminal/problems.ts';
import { redactedCopy } from '../../assessment/redacted-copy.ts';
import { regionOf } from '../sources/region.ts';
import type { Lesson } from '../terminal/help.ts';
import { teach } from '../terminal/help.ts';
import { readSnapshot } from '../sources/sources.ts';
import { writeWhole } from '../terminal/write-file.ts';

const LESSON: Lesson = {
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

interface Given extends AccountOptions {
  readonly foreignAccountRoleName?: string;
  readonly from?: string;
  readonly redact?: true;
}

/** The command that keeps all that can be judged of an account in one file. */
export function snapshotCommand(io: Io): Command {
  return teach(withLiveOptions(new Command('snapshot')), LESSON)
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
    .action(async (file: string, given: Given) => {
      try {
        const read = given.from === undefined ? await readLive(given) : await readSaved(given.from);
        if (read.kind === 'refused') {
          refuse(read.problems, io);
          return;
        }
        const inventory = given.redact === true ? await redactedCopy(read.inventory, snapshotReader) : read.inventory;
        // Names and policies of an account are for its owner.
        await writeWhole(file, `${sanitizeJson({ formatVersion: SNAPSHOT_FORMAT_VERSION, ...inventory })}\n`, 0o600);
        const how = given.redact === true ? ', under other names' : '';
        io.err(`account ${read.inventory.accountId} as it was at ${inventory.readAt}${how}: ${file}\n`);
      } catch (error) {
        refuse([messageOf(error)], io);
      }
    });
}

type Read =
  | { readonly kind: 'read'; readonly inventory: Inventory }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

async function readLive({ region, profile, endpointUrl, foreignAccountRoleName = '' }: Given): Promise<Read> {
  const parsed = parseParameters({ foreignAccountRoleName });
  const from = await regionOf({ region, profile });
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
