import type { ports as basePorts } from './topology.ts';

/**
 * Ports above 1023 that browsers and `fetch` refuse to open. They are the "bad ports" of the WHATWG Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking), as of June 2025. Lower ports are not in the list, because the
 * pipeline never uses them.
 */
const blockedByBrowsers: readonly number[] = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
];

/** Names of ports that browsers never open, because their protocol is that of NATS, gRPC or Cap'n Proto. */
const notForBrowsers: readonly string[] = [
  'nats',
  'edgeNats',
  'thanosReceive1Grpc',
  'thanosReceive1Capnproto',
  'thanosReceive2Grpc',
  'thanosReceive2Capnproto',
  'thanosReceive3Grpc',
  'thanosReceive3Capnproto',
  'thanosQueryGrpc',
  'thanosRuleGrpc',
] satisfies (keyof typeof basePorts)[];

/**
 * The HTTP ports in `ports` that browsers refuse to open.
 * @param ports ports by the names in config/topology.ts
 */
export function blockedPorts(
  ports: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly port: number }[] {
  return Object.entries(ports)
    .map(([name, port]) => ({ name, port }))
    .filter(({ name, port }) => !notForBrowsers.includes(name) && blockedByBrowsers.includes(port));
}
