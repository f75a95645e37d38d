import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Terminal } from '../terminal/streams.ts';

/** Tells how far a long run has come. */
export interface Progress {
  readonly done: (line: string) => void;
  /** Takes the bar away, so that what follows starts on a clean line. */
  readonly end: () => void;
}

const BAR = 24;

/** A bar that is drawn over itself on a terminal; elsewhere, such as in the log of a build, a line for each item. */
export function progressOf(
  total: number,
  { errIsTerminal, errColumns = 80 }: Terminal,
  write: (text: string) => void,
): Progress {
  let count = 0;
  return {
    done: (line) => {
      count += 1;
      const counted = `[${String(count).padStart(String(total).length)}/${total}]`;
      if (!errIsTerminal) {
        write(`${counted} ${sanitizeLine(line)}\n`);
        return;
      }
      const filled = Math.floor((BAR * count) / total);
      const bar = `${counted} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${sanitizeLine(line)}`;
      // A line that is full is followed by a new one, which could not be drawn over.
      write(`\r\u001b[2K${bar.slice(0, errColumns - 1)}`);
    },
    end: () => {
      if (errIsTerminal && count > 0) write('\r\u001b[2K');
    },
  };
}
