import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const folder = new URL('../../src/report/formats/html/', import.meta.url);

/** Where the page's script and style sheet are kept as text. */
export const pageAssetsFile = fileURLToPath(new URL('assets.generated.ts', folder));

/**
 * Bundles the script and the style sheet of the HTML page into a module of texts, with the hashes that the page's
 * content security policy names.
 *
 * @returns the text of `assets.generated.ts`
 */
export async function pageAssets(): Promise<string> {
  const script = await bundle('client/main.ts');
  const styleSheet = await bundle('client/style.css');
  const constants = { script, scriptHash: hashOf(script), styleSheet, styleSheetHash: hashOf(styleSheet) };
  return [
    '// Made by `npm run docs` from client/. Do not edit.',
    ...Object.entries(constants).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};`),
    '',
  ].join('\n');
}

async function bundle(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(path, folder))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome120', 'firefox121', 'safari17'],
    charset: 'utf8',
  });
  return (outputFiles[0]?.text ?? '').trim().replaceAll('</', '<\\/');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}
