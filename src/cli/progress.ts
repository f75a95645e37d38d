import { plain } from '../report/plain.ts';

/** Tells how far a long run has come. */
export interface Progress {
  readonly done: (line: string) => void;
  /** Takes the bar away, so that what follows starts on a clean line. */
  readonly end: () => void;
}

const BAR = 24;

/** A bar that is drawn over itself on a terminal; elsewhere, such as in the log of a build, a line for each item. */
export function progressOf(total: number, isTerminal: boolean, write: (text: string) => void): Progress {
  let count = 0;
  return {
    done: (line) => {
      count += 1;
      const counted = `[${String(count).padStart(String(total).length)}/${total}]`;
      if (!isTerminal) {
        write(`${counted} ${plain(line)}\n`);
        return;
      }
      const filled = Math.floor((BAR * count) / total);
      write(`\r\u001b[2K${counted} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${plain(line).slice(0, 40)}`);
    },
    end: () => {
      if (isTerminal && count > 0) write('\r\u001b[2K');
    },
  };
}
