import { Command } from 'commander';

import { SNAPSHOT_FORMAT_VERSION } from '../inventory/snapshot-reader.ts';
import { parseParameters } from '../parameters/parameters.ts';
import { safeJson } from '../report/plain.ts';
import { readWhole } from '../read-whole.ts';
import type { AccountOptions } from './account-options.ts';
import { withLiveOptions } from './account-options.ts';
import type { Io } from './io.ts';
import { messageOf, refuse } from './problems.ts';
import { regionOf } from './region.ts';
import type { Lesson } from './teach.ts';
import { teach } from './teach.ts';
import { writeWhole } from './write-file.ts';

const LESSON: Lesson = {
  examples: [
    ['{cli} snapshot --profile audit --region eu-west-1 account.json'],
    ['{cli} evaluate account.json', 'judges it as it was'],
  ],
  notes: [
    'The file holds what was read of trails, log groups, metric filters, alarms and topics, with the names and policies ' +
      'there; no credentials, no endpoint of a subscription.',
  ],
};

interface Given extends AccountOptions {
  readonly foreignAccountRoleName?: string;
}

/** The command that keeps all that can be judged of an account in one file. */
export function snapshotCommand(io: Io): Command {
  return teach(withLiveOptions(new Command('snapshot')), LESSON)
    .summary('keep all that can be judged of a live account in one file')
    .description('Reads every part of a live account that a judgement may ask for, and writes one JSON file.')
    .argument('<file>', 'the file to write; it is written whole or not at all')
    .option('--foreignAccountRoleName <name>', 'a role to read the accounts that own log groups, alarms and topics')
    .action(async (file: string, { region, profile, endpointUrl, foreignAccountRoleName = '' }: Given) => {
      const parsed = parseParameters({ foreignAccountRoleName });
      const from = await regionOf({ region, profile });
      if (parsed.kind === 'invalid' || from.kind === 'missing') {
        const problems = parsed.kind === 'invalid' ? parsed.problems : [];
        refuse([...problems, ...(from.kind === 'missing' ? [from.problem] : [])], io);
        return;
      }
      try {
        const { liveSource } = await import('./live-source.ts');
        const source = liveSource({ profile, endpointUrl }, from.region, parsed.parameters.options);
        const inventory = await readWhole(await source.open());
        // Names and policies of an account are for its owner.
        await writeWhole(file, `${safeJson({ formatVersion: SNAPSHOT_FORMAT_VERSION, ...inventory })}\n`, 0o600);
        io.err(`account ${inventory.accountId} as it was at ${inventory.readAt}: ${file}\n`);
      } catch (error) {
        refuse([messageOf(error)], io);
      }
    });
}
