import { styleText } from 'node:util';

import type { Style } from '../../report/text.ts';
import { noStyle } from '../../report/text.ts';
import type { Streams, Terminal } from './streams.ts';

const coloured: Style = {
  good: (text) => styleText('green', text, { validateStream: false }),
  bad: (text) => styleText('red', text, { validateStream: false }),
  open: (text) => styleText('yellow', text, { validateStream: false }),
  quiet: (text) => styleText('dim', text, { validateStream: false }),
};

/** Colour and width as the terminal wants them. */
export function styleOf({ colour }: Streams, { columns }: Terminal): Style {
  return { ...(colour ? coloured : noStyle), ...(columns === undefined ? {} : { columns }) };
}
