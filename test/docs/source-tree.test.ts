import { readFileSync, readdirSync } from 'node:fs';

import { expect } from 'chai';

/** The names of the folders in a folder. */
function foldersIn(path: string): readonly string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The part of the tree in the design page that is below `src/`: each folder, and what the page says of it. */
function sourceTree(): ReadonlyMap<string, string> {
  const page = readFileSync('docs/design.md', 'utf8');
  const below = /^ {4}src\/\n(.*?)^ {4}test\/ /ms.exec(page)?.[1] ?? '';
  const entries = below.split(/^ {6}(?=\S)/m).flatMap((entry) => {
    const [, name, words] = /^([\w-]+)\/ +(.*)$/s.exec(entry) ?? [];
    return name === undefined || words === undefined ? [] : [[name, words] as const];
  });
  return new Map(entries);
}

describe('the source tree in the design page', () => {
  const tree = sourceTree();

  it('has every folder of src, and no other', () => {
    expect([...tree.keys()].sort()).to.deep.equal([...foldersIn('src')].sort());
  });

  for (const [folder, words] of tree) {
    it(`names only folders that are in ${folder}`, () => {
      const named = [...words.matchAll(/([\w-]+)\//g)].map(([, name]) => name);
      expect(foldersIn(`src/${folder}`)).to.include.members(named);
    });
  }
});
