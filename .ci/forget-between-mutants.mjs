/**
 * Mutation tests run every mutant in the same process, so that what one mutant remembers would answer for the next one. This
 * makes the memories of the source forget whenever the mutant changes, or the test while Stryker notes which tests reach which
 * code. Stryker runs the file twice: as a command, to change its own copy of the source, and before the tests of each process.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const BOUNDED_MAP = 'src/conditions/bounded-map.ts';

/** Something that is made again whenever another mutant or another test runs. */
function forgetful(make) {
  let made;
  let madeFor;
  const current = () => {
    const { activeMutant, currentTestId } = globalThis.__stryker__ ?? {};
    const now = `${activeMutant} ${currentTestId}`;
    if (madeFor !== now) [made, madeFor] = [make(), now];
    return made;
  };
  return {
    get: (key) => current().get(key),
    has: (key) => current().has(key),
    set: (...entry) => current().set(...entry),
  };
}

function replaceIn(path, text, replacement) {
  const source = readFileSync(path, 'utf8');
  if (source.includes(text)) writeFileSync(path, source.replaceAll(text, replacement));
  return source.includes(text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of files) replaceIn(`src/${name}`, 'new WeakMap', 'new ForgetfulWeakMap');
  const isChanged = replaceIn(
    BOUNDED_MAP,
    'export function newBoundedMap',
    'export const newBoundedMap = (capacity) => forgetful(() => newLastingMap(capacity));\nfunction newLastingMap',
  );
  if (!isChanged) throw new Error(`${BOUNDED_MAP} does not export what is to forget`);
} else {
  globalThis.forgetful = forgetful;
  globalThis.ForgetfulWeakMap = class {
    constructor() {
      return forgetful(() => new WeakMap());
    }
  };
}
