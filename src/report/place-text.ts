import type { Place } from '../inventory/place.ts';

/** A place in words: `template.yaml:12 Alarm`, or only the address. */
export function placeText({ address, file, line }: Place): string {
  if (file === undefined) return address;
  return `${file}${line === undefined ? '' : `:${line}`} ${address}`;
}
