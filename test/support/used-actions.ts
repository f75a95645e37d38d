import { readFileSync } from 'node:fs';

/** The IAM prefixes of the services whose clients are used. */
const prefixes: Readonly<Record<string, string>> = {
  'client-cloudtrail': 'cloudtrail',
  'client-cloudwatch': 'cloudwatch',
  'client-cloudwatch-logs': 'logs',
  'client-config-service': 'config',
  'client-eventbridge': 'events',
  'client-kms': 'kms',
  'client-organizations': 'organizations',
  'client-sns': 'sns',
  'client-sts': 'sts',
};

/**
 * The API operations that a program can call, as IAM actions: every command that it, or a file it imports, takes from a
 * client of the SDK.
 *
 * @param entry - the program's first file
 * @returns the actions, sorted
 */
export function usedActions(entry: URL): readonly string[] {
  const seen = new Set<string>();
  const actions = new Set<string>();
  const visit = (file: URL): void => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    const source = readFileSync(file, 'utf8');
    for (const [, path = ''] of source.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)) visit(new URL(path, file));
    const commands = /\{([^}]*)\}\s*(?:from|=\s*await import\()\s*'@aws-sdk\/(client-[a-z-]+)'/g;
    for (const [, names = '', client = ''] of source.matchAll(commands)) {
      const prefix = prefixes[client];
      if (prefix === undefined) throw new Error(`the IAM prefix of ${client} is not known`);
      for (const [, operation = ''] of names.matchAll(/(\w+)Command\b/g)) actions.add(`${prefix}:${operation}`);
    }
  };
  visit(entry);
  return [...actions].sort();
}
