import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';

import { remediationTemplate } from './remediation/template.ts';

/** What a file is for, and what it holds. */
interface GeneratedFile {
  /** Lines of a comment at its head. */
  readonly header: readonly string[];
  readonly content: object;
}

/** The files of `deploy/` that follow from the catalog and the parameters, by path. */
function files(): Readonly<Record<string, GeneratedFile>> {
  return {
    'deploy/remediation.yml': {
      header: ['The remediation document and its role: docs/remediation-document.md.'],
      content: remediationTemplate(),
    },
  };
}

/**
 * The files of `deploy/` that `npm run template` writes, and that a test holds to what it would write.
 *
 * @returns the text of each file, by path from the project's root
 */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  const texts = Object.entries(files()).map(async ([path, { header, content }]) => {
    return [path, await yamlText(path, ['Made by `npm run template`. Do not edit.', ...header], content)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** A value as YAML with a comment above it, as the formatter would have it; dates stay texts for every parser. */
async function yamlText(path: string, header: readonly string[], content: object): Promise<string> {
  const text = `${header.map((line) => `# ${line}\n`).join('')}${stringify(content, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' })}`;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
