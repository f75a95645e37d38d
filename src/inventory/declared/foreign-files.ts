import { parseTemplateYaml } from './cloudformation/template.ts';

type Members = Readonly<Record<string, unknown>>;

/** A kind of file that is none of those that are evaluated: what it looks like, and what to give in its place. */
interface ForeignFile {
  readonly looksLike: string;
  readonly instead?: string;
  /** Whether text is such a file; `members` are those of its JSON or YAML object, if it has one. */
  readonly is: (text: string, members: Members) => boolean;
}

const planInstead = 'give the plan as `terraform plan -out plan.bin` and `terraform show -json plan.bin` print it';
const has = (members: Members, ...names: readonly string[]) => names.every((name) => Object.hasOwn(members, name));

/** The order decides: the first that fits is named. */
const foreignFiles: readonly ForeignFile[] = [
  { looksLike: 'an empty file', is: (text) => text.trim() === '' },
  {
    looksLike: 'a Terraform plan in the binary format of Terraform, or another archive',
    instead: 'print it with `terraform show -json PLAN`',
    is: (text) => text.startsWith('PK\u0003\u0004'),
  },
  {
    looksLike: 'the state of Terraform',
    instead: planInstead,
    is: (_, members) =>
      (has(members, 'terraform_version', 'lineage') || has(members, 'format_version', 'values')) &&
      !has(members, 'resource_changes'),
  },
  {
    looksLike: 'the log that `terraform plan -json` prints',
    instead: planInstead,
    is: (text) => /^\s*\{"@level":/.test(text),
  },
  {
    looksLike: 'what `terraform plan` prints for people',
    instead: planInstead,
    is: (text) => /^Terraform will perform the following actions:/m.test(text),
  },
  {
    looksLike: 'a Terraform configuration in JSON',
    instead: planInstead,
    is: (_, members) => has(members, 'resource') || (has(members, 'terraform') && !has(members, 'Resources')),
  },
  {
    looksLike: 'a Terraform configuration',
    instead: planInstead,
    is: (text) =>
      /^\s*(?:(?:resource|data)\s+"[^"]+"\s+"[^"]+"|(?:module|variable|provider|output)\s+"[^"]+"|terraform|locals)\s*\{/m.test(
        text,
      ),
  },
  {
    looksLike: 'a Kubernetes manifest',
    is: (text, members) => has(members, 'apiVersion', 'kind') || (/^apiVersion:/m.test(text) && /^kind:/m.test(text)),
  },
  {
    looksLike: 'the answer of `aws cloudformation get-template`',
    instead: 'give the template in its member `TemplateBody`',
    is: (_, members) => has(members, 'TemplateBody'),
  },
  {
    looksLike: 'a change set or a stack as CloudFormation describes it',
    instead: 'give the template itself',
    is: (_, members) => has(members, 'ChangeSetId') || has(members, 'Stacks') || has(members, 'StackResources'),
  },
  {
    looksLike: 'the manifest of a cloud assembly of the CDK',
    instead: 'give the files `*.template.json` of the same folder',
    is: (_, members) => has(members, 'version', 'artifacts') || has(members, 'version', 'files', 'dockerImages'),
  },
  {
    looksLike: 'a configuration of the CDK',
    instead: 'give what `cdk synth` writes',
    is: (_, members) => has(members, 'app'),
  },
  {
    looksLike: 'a configuration of the Serverless Framework',
    instead: 'give the template that `serverless package` writes',
    is: (_, members) => has(members, 'service', 'provider'),
  },
  { looksLike: 'a file of Docker Compose', is: (_, members) => has(members, 'services') },
  { looksLike: 'a workflow of GitHub Actions', is: (_, members) => has(members, 'jobs') },
  { looksLike: 'a description of an API', is: (_, members) => has(members, 'openapi') || has(members, 'swagger') },
  { looksLike: 'a SARIF log', is: (_, members) => has(members, 'runs', 'version') },
  {
    looksLike: 'a package.json',
    is: (_, members) =>
      has(members, 'name') && (has(members, 'scripts') || has(members, 'dependencies') || has(members, 'version')),
  },
  {
    looksLike: 'an answer of the AWS CLI',
    instead: 'save the account with `snapshot`',
    is: (_, members) =>
      ['trailList', 'MetricAlarms', 'metricFilters', 'logGroups', 'Topics', 'Subscriptions'].some((name) =>
        has(members, name),
      ),
  },
];

const EXPECTED =
  'expected is a snapshot, a Terraform plan in JSON (`terraform show -json PLAN`), or a CloudFormation template in JSON or YAML';

/**
 * Names what a file that is none of those that are evaluated looks like, and what is expected.
 *
 * @returns nothing where it may be a snapshot
 */
export function nameForeignFile(text: string): string | undefined {
  const { data, problem } = parse(text);
  const members = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Members) : {};
  if (has(members, 'formatVersion') || has(members, 'results')) return undefined;
  if (problem !== undefined && /^["']?(?:AWSTemplateFormatVersion|Resources)["']?\s*:/m.test(text))
    return `this looks like a CloudFormation template, and cannot be read: ${problem}`;
  const found = foreignFiles.find(({ is }) => is(text, members));
  if (found !== undefined) return `this looks like ${found.looksLike}; ${found.instead ?? EXPECTED}`;
  if (Array.isArray(data)) return `this is a list; ${EXPECTED}`;
  if (Object.keys(members).length > 0) return `this is none of the files that are evaluated; ${EXPECTED}`;
  return undefined;
}

/** JSON or YAML, or what is wrong with it in a line. */
function parse(text: string): { readonly data?: unknown; readonly problem?: string } {
  try {
    return { data: JSON.parse(text) as unknown };
  } catch {
    try {
      return { data: parseTemplateYaml(text) };
    } catch (error) {
      return { problem: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
    }
  }
}
