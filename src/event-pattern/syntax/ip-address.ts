/** An address as one number of 32 or 128 bits. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
  /** Whether it is spelled as most programs spell it: IPv4 without leading zeros. */
  readonly isPlain: boolean;
}

/** A block of addresses: those that begin with the same bits. */
export interface IpBlock {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
  /** How many bits are the same in all of them. */
  readonly prefix: number;
}

/** The address that a text spells, in the forms that Event Ruler reads: four decimal numbers, or groups of hexadecimal digits. */
export function readIpAddress(text: string): IpAddress | undefined {
  return /^[0-9]+(?:\.[0-9]+){3}$/.test(text) ? readIpv4(text) : readIpv6(text);
}

function readIpv4(text: string): IpAddress | undefined {
  const numbers = text.split('.');
  if (numbers.some((number) => Number(number) > 255)) return undefined;
  const value = numbers.reduce((sum, number) => sum * 256n + BigInt(number), 0n);
  return { bits: 32, value, isPlain: numbers.every((number) => String(Number(number)) === number) };
}

function readIpv6(text: string): IpAddress | undefined {
  if (!/^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(text)) return undefined;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const value = groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
  return { bits: 128, value, isPlain: true };
}

/** The block that `address/prefix` names; undefined for other text. The bits behind the prefix do not matter. */
export function readIpBlock(text: string): IpBlock | undefined {
  const [, spelled = '', length = ''] = /^([^/]+)\/([0-9]{1,3})$/.exec(text) ?? [];
  const address = readIpAddress(spelled);
  const prefix = Number(length);
  if (address === undefined || length === '' || prefix > address.bits) return undefined;
  const size = 1n << BigInt(address.bits - prefix);
  const first = address.value - (address.value % size);
  return { bits: address.bits, first, last: first + size - 1n, prefix };
}
