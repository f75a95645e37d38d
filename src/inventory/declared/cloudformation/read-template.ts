import type { Place } from '../../place.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { DeclarationSettings } from '../settings.ts';
import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import { cloudFormationDeclarations } from './declarations.ts';
import { resourceLines } from './resource-lines.ts';
import { checkTemplate } from './template.ts';

/**
 * Reads a CloudFormation template.
 *
 * @param data - the template as data, with intrinsic functions in their long form
 * @param text - the same as it is in the file
 * @returns what the template declares, or what is wrong with the file in words
 */
export function readTemplate(
  data: unknown,
  text: string,
  { onto, accountId: given = onto?.accountId, region = onto?.region, parameters = {}, now, file }: DeclarationSettings,
): DeclaredAccount | string {
  const template = checkTemplate(data);
  if (typeof template === 'string') return template;
  if (region === undefined) return 'a template does not say in which region it is deployed; give `--region`';
  const unknownParameter = Object.keys(parameters).find((name) => !Object.hasOwn(template.Parameters, name));
  if (unknownParameter !== undefined) {
    const allowed = Object.keys(template.Parameters).join(', ') || 'none';
    return `the template has no parameter \`${unknownParameter}\`; its parameters are ${allowed}`;
  }
  const lines = file === undefined ? new Map<string, number>() : resourceLines(text);
  const placeOf = (logicalId: string): Place => {
    const line = lines.get(logicalId);
    return { address: logicalId, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  };
  const accountId = given ?? PLACEHOLDER_ACCOUNT;
  return {
    accountId,
    region,
    readAt: now,
    source: 'the CloudFormation template',
    saysDeletions: false,
    isAccountKnown: given !== undefined,
    declarations: cloudFormationDeclarations(template, { accountId, region, parameters, placeOf }),
    before: [],
  };
}
