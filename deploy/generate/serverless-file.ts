import { readFileSync } from 'node:fs';

import type { Document, Node } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** What of `serverless.yml` another template shares. */
export interface ServerlessFile {
  readonly statements: readonly object[];
  readonly esbuild: EsbuildSettings;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: number;
  readonly architecture: string;
  readonly maximumRetryAttempts: number;
  readonly Conditions: Section;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Section;
}

/** How the function is bundled. */
export interface EsbuildSettings {
  readonly platform: 'node';
  readonly target: string;
  readonly mainFields: string[];
  readonly alias: Record<string, string>;
  /** The file with the plugins of esbuild. */
  readonly plugins: string;
}

export type Section = Readonly<Record<string, object>>;

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The parts of the file, as far as they are read here. */
interface Parsed {
  readonly provider: {
    readonly architecture: string;
    readonly memorySize: number;
    readonly timeout: number;
    readonly iam: { readonly role: { readonly statements: readonly object[] } };
  };
  readonly functions: {
    readonly evaluate: { readonly description: string; readonly maximumRetryAttempts: number };
  };
  readonly custom: { readonly esbuild: EsbuildSettings };
  readonly resources: readonly [unknown, Pick<ServerlessFile, 'Conditions' | 'Resources' | 'Outputs'>];
}

/**
 * Reads `serverless.yml`, so that what it says once holds for the self-contained template too.
 *
 * @param path - of the file
 */
export function readServerlessFile(path: string): ServerlessFile {
  // The short forms of CloudFormation's functions are tags that the parser does not know, and warns of.
  const document = parseDocument(readFileSync(path, 'utf8'), { logLevel: 'error' });
  const { provider, functions, custom, resources } = plain(document.contents, document) as Parsed;
  const { architecture, memorySize, timeout, iam } = provider;
  const { description, maximumRetryAttempts } = functions.evaluate;
  const { Conditions, Resources, Outputs } = resources[1];
  return {
    statements: iam.role.statements,
    esbuild: custom.esbuild,
    ...{ description, memorySize, timeout, architecture, maximumRetryAttempts },
    ...{ Conditions, Resources, Outputs },
  };
}

/**
 * A node as JSON, with the long form of every function: `!GetAtt Rule.Arn` is `{ "Fn::GetAtt": ["Rule", "Arn"] }`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
function plain(node: unknown, document: Document): unknown {
  if (isAlias(node)) return plain(node.resolve(document), document);
  const value = withoutTag(node, document);
  const tag = (node as Node | null)?.tag;
  if (tag?.startsWith('!') !== true) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
  const [resource = '', ...attribute] = value.split('.');
  return { 'Fn::GetAtt': [resource, attribute.join('.')] };
}

function withoutTag(node: unknown, document: Document): unknown {
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => [String(plain(key, document)), plain(value, document)] as const);
    return Object.fromEntries(entries);
  }
  if (isSeq(node)) return node.items.map((item) => plain(item, document));
  return isScalar(node) ? node.value : null;
}
