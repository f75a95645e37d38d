import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { inlineCode } from './inline-code.ts';
import { readServerlessFile } from './serverless-file.ts';
import { selfContainedTemplate } from './template.ts';

/** Where `npm run template` writes the template. */
const PATH = 'dist/template.json';

/**
 * In bytes: what CloudFormation takes from a bucket. Its page says 1 MB; the smaller of the two sizes with that name is
 * kept to.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const LARGEST_TEMPLATE = 1_000_000;

/** The text of the self-contained template. */
export async function templateText(): Promise<string> {
  const file = readServerlessFile('serverless.yml');
  const template = selfContainedTemplate(file, await inlineCode(file.esbuild));
  return inLines(template);
}

/** A template with one line for each parameter, condition and resource: short, and still to be looked at. */
function inLines(template: object): string {
  const lines = (entries: object, value: (one: unknown) => string): string =>
    `{\n${Object.entries(entries)
      .map(([key, one]) => `${JSON.stringify(key)}: ${value(one)}`)
      .join(',\n')}\n}`;
  const isSection = (one: unknown): one is object => typeof one === 'object' && one !== null;
  return `${lines(template, (one) => (isSection(one) ? lines(one, JSON.stringify) : JSON.stringify(one)))}\n`;
}

/** Writes the template and says how near it is to the limit. */
export async function writeTemplate(): Promise<string> {
  const text = await templateText();
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_TEMPLATE) {
    throw new Error(`the template has ${bytes} bytes: CloudFormation takes ${LARGEST_TEMPLATE}`);
  }
  mkdirSync(dirname(PATH), { recursive: true });
  writeFileSync(PATH, text);
  return `${PATH}: ${bytes} bytes, ${LARGEST_TEMPLATE - bytes} below the limit`;
}
