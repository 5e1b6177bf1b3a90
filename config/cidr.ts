import ipaddr from 'ipaddr.js';

const { IPv4 } = ipaddr;

/** `first` and `last` are addresses as unsigned 32-bit integers. */
export interface Cidr {
  readonly text: string;
  readonly prefix: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Parses an IPv4 range, such as `10.64.0.0/16`.
 * @returns undefined for any other text, such as `10.64.0.1/16`
 */
export function parseCidr(text: string): Cidr | undefined {
  if (!IPv4.isValidCIDR(text)) return undefined;
  const [, prefix] = IPv4.parseCIDR(text);
  const network = IPv4.networkAddressFromCIDR(text);
  // ipaddr.js also parses short and octal notations. Azure and Kubernetes reject such notations.
  if (`${network}/${prefix}` !== text) return undefined;
  return { text, prefix, first: numberOf(network), last: numberOf(IPv4.broadcastAddressFromCIDR(text)) };
}

/** @returns an unsigned 32-bit integer; undefined unless the text is four octets */
export function parseIpv4(text: string): number | undefined {
  return IPv4.isValidFourPartDecimal(text) ? numberOf(IPv4.parse(text)) : undefined;
}

/**
 * @param address unsigned 32-bit integer
 * @throws Error for any other integer
 */
export function ipv4Text(address: number): string {
  return IPv4.parse(String(address)).toString();
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function numberOf(address: ipaddr.IPv4): number {
  return Buffer.from(address.toByteArray()).readUInt32BE();
}
