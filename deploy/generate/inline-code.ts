import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

import type { EsbuildSettings } from './serverless-file.ts';

/**
 * The function as the text of one file. CloudFormation writes it to `index.js`, which Node.js takes for a CommonJS
 * module.
 *
 * @param settings - those of the package that `serverless.yml` makes
 * @throws Error if CloudFormation would change the text
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export async function inlineCode(settings: EsbuildSettings): Promise<string> {
  const { platform, target, mainFields, alias } = settings;
  const plugins = createRequire(import.meta.url)(resolve(settings.plugins)) as Plugin[];
  const { outputFiles } = await build({
    entryPoints: ['src/lambda/entry-point.ts'],
    ...{ platform, target, mainFields, alias, plugins },
    bundle: true,
    minify: true,
    format: 'cjs',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  // A dynamic reference is resolved anywhere in a template, and there is no way to write one as data.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  if (code.includes('{{resolve:')) throw new Error('the code of the function contains `{{resolve:`');
  return code;
}
