import type { Log } from './log.ts';

/** What every line of one call says. */
export interface LineContext {
  readonly requestId: string | undefined;
  readonly functionName: string | undefined;
}

/**
 * A log of JSON lines, which CloudWatch Logs Insights reads field by field.
 *
 * @param write - takes one line without its line break
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function jsonLog(write: (line: string) => void, now: () => Date, context: LineContext): Log {
  const line = (level: string) => (message: string, fields: Readonly<Record<string, unknown>>) => {
    write(JSON.stringify({ level, message, timestamp: now().toISOString(), ...context, ...fields }));
  };
  return { info: line('INFO'), warn: line('WARN'), error: line('ERROR') };
}
