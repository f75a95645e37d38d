import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly Range[] }[];
  }[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/**
 * Counts which blocks of a folder run, by the engine's own block coverage. What it returns takes the blocks since the last
 * time, and says whether there was one that never ran before, or never so often: once, twice, four times, eight times ...
 *
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#method-takePreciseCoverage
 */
export function watchCoverage(folders: readonly string[]): () => boolean {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Set<string>();
  return () => {
    let isNew = false;
    session.post('Profiler.takePreciseCoverage', (error, coverage: Coverage) => {
      if (error !== null) throw error;
      for (const { url, functions } of coverage.result) {
        if (!folders.some((folder) => url.includes(folder))) continue;
        for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
          if (count === 0) continue;
          const block = `${url} ${startOffset} ${endOffset} ${Math.floor(Math.log2(count))}`;
          if (seen.has(block)) continue;
          seen.add(block);
          isNew = true;
        }
      }
    });
    return isNew;
  };
}
