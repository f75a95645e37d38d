import { readTemplates } from './cloudformation/read-template.ts';
import { looksLikeTemplate } from './cloudformation/template.ts';
import type { TemplateFile } from './cloudformation/template-file.ts';
import { parseJsonOrYaml } from './cloudformation/template-file.ts';
import type { DeclaredAccount } from './declaration.ts';
import type { DeclarationSettings } from './settings.ts';
import { looksLikePlan } from './terraform/plan.ts';
import { readPlan } from './terraform/read-plan.ts';

/** What a file is: a plan or a template, with what it declares; something else; or what is wrong with it in words. */
export type RecognizedFile =
  | { readonly kind: 'declared'; readonly form: 'plan' | 'template'; readonly account: DeclaredAccount }
  | { readonly kind: 'other' }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * Recognizes a Terraform plan in JSON, and a CloudFormation template in JSON or YAML, by their content.
 *
 * @param text - the text of the file
 */
export function recognizeFile(text: string, settings: DeclarationSettings): RecognizedFile {
  const data = parseJsonOrYaml(text);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { kind: 'other' };
  const members = data as Readonly<Record<string, unknown>>;
  const isPlan = looksLikePlan(members);
  if (!isPlan && !looksLikeTemplate(members, settings.file)) return { kind: 'other' };
  if (isPlan && settings.stack !== undefined) {
    return {
      kind: 'invalid',
      problem: '`--previous-template` and `--new-stack` go with templates: a plan says what it deletes',
    };
  }
  if (isPlan) return recognized(readPlan(members, settings), 'plan', settings);
  const { file } = settings;
  const template = { data: members, text, ...(file === undefined ? {} : { file }) };
  return recognized(readTemplates([template], settings), 'template', settings);
}

/**
 * Whether a text is a CloudFormation template, right or wrong.
 *
 * @param file - what the file is called
 */
export function isTemplate(text: string, file: string): boolean {
  const data = parseJsonOrYaml(text);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const members = data as Readonly<Record<string, unknown>>;
  return !looksLikePlan(members) && looksLikeTemplate(members, file);
}

/** Reads the templates of one deployment together. */
export function recognizeTemplates(
  files: readonly { readonly text: string; readonly file: string }[],
  settings: DeclarationSettings,
): RecognizedFile {
  const templates = files.map(({ text, file }): TemplateFile => ({ data: parseJsonOrYaml(text), text, file }));
  return recognized(readTemplates(templates, settings), 'template', settings);
}

function recognized(
  account: DeclaredAccount | string,
  form: 'plan' | 'template',
  settings: DeclarationSettings,
): RecognizedFile {
  if (typeof account === 'string') return { kind: 'invalid', problem: account };
  const problem = otherAccount(account, settings);
  return problem === undefined ? { kind: 'declared', form, account } : { kind: 'invalid', problem };
}

/** A deployment is laid over the account that it is for. */
function otherAccount({ accountId, source }: DeclaredAccount, { onto }: DeclarationSettings): string | undefined {
  if (onto === undefined || onto.accountId === accountId) return undefined;
  return `${source} is for account ${accountId}, and \`--onto\` names a snapshot of account ${onto.accountId}`;
}
