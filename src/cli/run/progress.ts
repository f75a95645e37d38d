import { cutToWidth } from '../../report/display-width.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Terminal } from '../terminal/streams.ts';

/** Shows how far a long run has come. */
export interface RunProgress {
  readonly done: (line: string) => void;
  /** Writes something else, without the bar in its lines. */
  readonly around: (write: () => void) => void;
  /** Removes the bar, so that what follows starts on a clean line. */
  readonly end: () => void;
}

const BAR = 24;
const CLEAR_LINE = '\r\u001b[2K';

/** Progress that nobody sees. */
export const silentProgress: RunProgress = {
  done: () => undefined,
  around: (write) => {
    write();
  },
  end: () => undefined,
};

/** A bar that is drawn over itself on a terminal; elsewhere, such as in the log of a build, a line for each item. */
export function progressOf(total: number, terminal: Terminal, write: (text: string) => void): RunProgress {
  let count = 0;
  return lineOf(terminal, write, (line) => {
    count += 1;
    const counted = `[${String(count).padStart(String(total).length)}/${total}]`;
    const filled = Math.floor((BAR * count) / total);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
    return terminal.errIsTerminal ? `${counted} ${bar} ${line}` : `${counted} ${line}`;
  });
}

/**
 * A line for what has no known end, such as a list that is read page by page. Where no line can be drawn over, it is
 * written after 1, 2, 4, 8 ... steps, so that a long list does not fill the log of a build.
 */
export function counterOf(terminal: Terminal, write: (text: string) => void): RunProgress {
  let [steps, next] = [0, 1];
  return lineOf(terminal, write, (line) => {
    steps += 1;
    if (terminal.errIsTerminal) return line;
    if (steps < next) return undefined;
    next *= 2;
    return line;
  });
}

/** @param textOf - what is shown after a step; undefined shows nothing */
function lineOf(
  { errIsTerminal, errColumns = 80 }: Terminal,
  write: (text: string) => void,
  textOf: (line: string) => string | undefined,
): RunProgress {
  let drawn = '';
  const clear = () => {
    if (drawn !== '') write(CLEAR_LINE);
  };
  return {
    done: (line) => {
      const text = textOf(sanitizeLine(line));
      if (text === undefined) return;
      // The terminal moves on from a full line, and a line above could not be drawn over.
      drawn = errIsTerminal ? `${CLEAR_LINE}${cutToWidth(text, errColumns - 1)}` : '';
      write(errIsTerminal ? drawn : `${text}\n`);
    },
    around: (writeOther) => {
      clear();
      writeOther();
      if (drawn !== '') write(drawn);
    },
    end: () => {
      clear();
      drawn = '';
    },
  };
}
