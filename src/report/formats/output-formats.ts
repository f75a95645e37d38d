import type { ResultDocument } from '../result.ts';
import { csvOf } from './csv.ts';
import { htmlPage } from './html/page.ts';
import { jsonOf } from './json.ts';
import { junitOf } from './junit.ts';

/** A format in which a program reads the results of a run. */
export interface OutputFormat {
  /** What it is for, in a few words: the help of `--format`, and the documents. */
  readonly meaning: string;
  /** The extension of a file in this format, without a dot. */
  readonly extension: string;
  readonly write: (document: ResultDocument) => string;
}

/**
 * Every format for programs, by its name: the one table from which `--format`, its help and the documents follow. The
 * format for people, `text`, is drawn account by account and is not in it.
 */
export const outputFormats = {
  json: { meaning: 'everything, described by a JSON schema', extension: 'json', write: jsonOf },
  junit: { meaning: 'a JUnit report, for build servers', extension: 'xml', write: junitOf },
  html: { meaning: 'one page for a browser, with every chain drawn', extension: 'html', write: htmlPage },
  csv: { meaning: 'a table with one line for each account and control', extension: 'csv', write: csvOf },
} as const satisfies Readonly<Record<string, OutputFormat>>;

export type OutputFormatName = keyof typeof outputFormats;

/** The names of all formats for programs. */
export const outputFormatNames = Object.keys(outputFormats) as readonly OutputFormatName[];
