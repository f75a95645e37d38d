import { exitCodes } from '../terminal/exit-code.ts';
import type { Streams } from '../terminal/streams.ts';
import { messageOf } from '../terminal/errors.ts';

/**
 * Answers every line of standard input with one line of JSON, in order, as soon as it arrives. A line that cannot be
 * answered, such as a blank one, gets an `error`. The other lines are answered nevertheless.
 *
 * @param answer the JSON value to print; what it throws becomes the error of the line
 * @returns the exit code: 0 when all lines were answered, else 1
 */
export async function answerLines(io: Streams, answer: (line: string) => object): Promise<number> {
  let failed = false;
  for await (const line of linesOf(io.stdin)) {
    let result: object;
    try {
      result = answer(line);
    } catch (error) {
      failed = true;
      result = { error: messageOf(error) };
    }
    io.out(`${JSON.stringify(result)}\n`);
  }
  return failed ? exitCodes.couldNotRun : exitCodes.satisfied;
}

/** The lines of a UTF-8 stream, without line ends. Text after the last line end is a line too. */
async function* linesOf(input: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
