import { cutToWidth } from '../../report/display-width.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Terminal } from '../terminal/streams.ts';

/** Shows how far a long run has come. */
export interface Progress {
  readonly done: (line: string) => void;
  /** Writes something else, without the bar in its lines. */
  readonly around: (write: () => void) => void;
  /** Removes the bar, so that what follows starts on a clean line. */
  readonly end: () => void;
}

const BAR = 24;
const CLEAR_LINE = '\r\u001b[2K';

/** Progress that nobody sees. */
export const silentProgress: Progress = {
  done: () => undefined,
  around: (write) => {
    write();
  },
  end: () => undefined,
};

/** A bar that is drawn over itself on a terminal; elsewhere, such as in the log of a build, a line for each item. */
export function progressOf(
  total: number,
  { errIsTerminal, errColumns = 80 }: Terminal,
  write: (text: string) => void,
): Progress {
  let count = 0;
  let bar = '';
  const clear = () => {
    if (bar !== '') write(CLEAR_LINE);
  };
  return {
    done: (line) => {
      count += 1;
      const counted = `[${String(count).padStart(String(total).length)}/${total}]`;
      if (!errIsTerminal) {
        write(`${counted} ${sanitizeLine(line)}\n`);
        return;
      }
      const filled = Math.floor((BAR * count) / total);
      const text = `${counted} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${sanitizeLine(line)}`;
      // The terminal moves on from a full line, and a bar on the line above could not be drawn over.
      bar = `${CLEAR_LINE}${cutToWidth(text, errColumns - 1)}`;
      write(bar);
    },
    around: (writeOther) => {
      clear();
      writeOther();
      if (bar !== '') write(bar);
    },
    end: () => {
      clear();
      bar = '';
    },
  };
}
