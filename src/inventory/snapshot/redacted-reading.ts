import type { Reading } from './snapshot-file.ts';

/**
 * What a copy under other names says of the reading: when, and by which version of the program. It names neither the
 * caller, nor the address, nor what the command named.
 *
 * @param reading - of the original
 * @param ownWords - the sentences of this program about older files; a file may hold others
 */
export function redactedReading(reading: Reading, ownWords: readonly string[]): Reading {
  const { toolVersion, startedAt, endedAt, endpoint, command, upgradedFrom, notHeld } = reading;
  const kept = notHeld?.filter((sentence) => ownWords.includes(sentence));
  return {
    ...(toolVersion !== undefined && /^\d+(\.\d+){2}$/.test(toolVersion) ? { toolVersion } : {}),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(endpoint === undefined ? {} : { endpoint: 'not AWS' }),
    ...(command === undefined ? {} : { command: ['snapshot', '--redact'] }),
    redacted: true,
    ...(upgradedFrom === undefined ? {} : { upgradedFrom }),
    ...(kept === undefined || kept.length === 0 ? {} : { notHeld: kept }),
  };
}
