/**
 * The name itself, or with the first number from 2 on with which it is not taken.
 *
 * @param separator - what comes between the name and the number
 */
export function freeName(name: string, isTaken: (name: string) => boolean, separator = '-'): string {
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}${separator}${number}`;
  return free;
}
