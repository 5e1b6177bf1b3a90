/** An IPv4 range. Bounds are unsigned 32-bit integers, both inclusive. */
export interface Cidr {
  readonly text: string;
  readonly prefix: number;
  readonly first: number;
  readonly last: number;
}

/** @returns undefined unless four octets, and the address alone carries no host bits. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', prefixText = '', ...rest] = text.split('/');
  const start = parseIpv4(address);
  if (start === undefined || rest.length > 0 || !/^(\d|[12]\d|3[0-2])$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  const size = 2 ** (32 - prefix);
  if (start % size !== 0) return undefined;
  return { text, prefix, first: start, last: start + size - 1 };
}

/** @returns the address as an unsigned 32-bit integer, or undefined if it is none. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet))) return undefined;
  const numbers = octets.map(Number);
  if (numbers.some((octet) => octet > 255)) return undefined;
  return numbers.reduce((address, octet) => address * 256 + octet, 0);
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}
