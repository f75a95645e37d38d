import { format, resolveConfig } from 'prettier';
import { Document, isScalar, visit } from 'yaml';

/**
 * A value as YAML with a comment above it, as the formatter would have it. Dates are quoted, so that they are texts for
 * every parser. A reference, and a choice of one value, stay on one line.
 *
 * @param header - the lines of the comment
 */
export async function yamlText(header: readonly string[], content: object): Promise<string> {
  const comment = header.map((line) => `# ${line}\n`).join('');
  const document = new Document(content, { aliasDuplicateObjects: false, version: '1.1' });
  visit(document, {
    Map: (_, map) => {
      const [first, ...others] = map.items;
      const key = isScalar(first?.key) ? first.key.value : undefined;
      if (others.length === 0 && (key === 'Ref' || key === 'Fn::If')) map.flow = true;
    },
  });
  const path = 'deploy/generated.yml';
  const text = comment + document.toString({ lineWidth: 0 });
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
