import { parseTemplateYaml } from './template.ts';

/** A template as it was read. */
export interface TemplateFile {
  /** With intrinsic functions in their long form. */
  readonly data: unknown;
  /** The same as it is in the file. */
  readonly text: string;
  /** What the file is called, for places in it. */
  readonly file?: string;
}

/** JSON, or YAML, which JSON nearly always is as well; undefined for neither. */
export function parseJsonOrYaml(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return parseTemplateYaml(text);
    } catch {
      return undefined;
    }
  }
}

/** A template that is deployed, in a file or as `aws cloudformation get-template` answers, which gives YAML as a text. */
export function deployedTemplate({ text, file }: { readonly text: string; readonly file: string }): TemplateFile {
  const answer = parseJsonOrYaml(text);
  const body = hasBody(answer) ? answer.TemplateBody : answer;
  const data = typeof body === 'string' && body !== text ? parseJsonOrYaml(body) : body;
  return { data, text, file };
}

function hasBody(value: unknown): value is { readonly TemplateBody: unknown } {
  return typeof value === 'object' && value !== null && 'TemplateBody' in value;
}
