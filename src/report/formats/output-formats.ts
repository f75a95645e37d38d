import type { ResultDocument } from '../result.ts';
import { csvOf } from './csv.ts';
import { htmlPage } from './html/page.ts';
import { jsonLinesOf } from './json-lines.ts';
import { jsonOf } from './json.ts';
import { junitOf } from './junit.ts';
import { markdownOf } from './markdown.ts';
import { ocsfOf } from './ocsf.ts';
import { sarifOf } from './sarif.ts';

/** A format for the results of a run. */
export interface OutputFormat {
  /** What it is for, in a few words: the help of `--format`, and the documents. */
  readonly meaning: string;
  /** The extension of a file in this format, without a dot. */
  readonly extension: string;
  /** Whether people read it, and no program takes it for an answer. */
  readonly isForPeople: boolean;
  /**
   * Of how many results it shows the remediation, so that these have to be planned: as many as a reader can use, and
   * as a plan takes long. The others get the command that prints it.
   */
  readonly remediations: number;
  readonly write: (document: ResultDocument) => string;
}

/**
 * Every format of a file, by its name: the one table from which `--format`, its help and the documents follow. The
 * format for the terminal, `text`, is drawn account by account and is not in it.
 */
export const outputFormats = {
  json: {
    meaning: 'everything, described by a JSON schema',
    extension: 'json',
    isForPeople: false,
    remediations: 0,
    write: jsonOf,
  },
  junit: {
    meaning: 'a JUnit report, for build servers',
    extension: 'xml',
    isForPeople: false,
    remediations: 0,
    write: junitOf,
  },
  html: {
    meaning: 'one page for a browser, with every chain drawn',
    extension: 'html',
    isForPeople: true,
    remediations: 200,
    write: htmlPage,
  },
  jsonl: {
    meaning: 'one JSON object on each line',
    extension: 'jsonl',
    isForPeople: false,
    remediations: 0,
    write: jsonLinesOf,
  },
  csv: {
    meaning: 'a table with one line for each account and control',
    extension: 'csv',
    isForPeople: false,
    remediations: 0,
    write: csvOf,
  },
  ocsf: {
    meaning: 'OCSF Compliance Findings, one on each line',
    extension: 'jsonl',
    isForPeople: false,
    remediations: 0,
    write: ocsfOf,
  },
  sarif: {
    meaning: 'a SARIF 2.1.0 log, for code scanning',
    extension: 'sarif',
    isForPeople: false,
    remediations: 0,
    write: sarifOf,
  },
  markdown: {
    meaning: 'for pull requests and tickets',
    extension: 'md',
    isForPeople: true,
    remediations: 30,
    write: markdownOf,
  },
} as const satisfies Readonly<Record<string, OutputFormat>>;

export type OutputFormatName = keyof typeof outputFormats;

/** The names of all formats of the table. */
export const outputFormatNames = Object.keys(outputFormats) as readonly OutputFormatName[];
