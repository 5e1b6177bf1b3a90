import type { ports as basePorts } from './topology.ts';

/**
 * The "bad ports" above 1023 of the Fetch standard (https://fetch.spec.whatwg.org/#port-blocking), June 2025. The list
 * has no ports up to 1023, because the pipeline does not use these ports.
 */
const blockedByBrowsers: readonly number[] = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
];

/** Nobody opens these ports in a browser, because they serve NATS, gRPC or Cap'n Proto instead of web pages. */
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
 * Returns the ports that a browser must open, but that browsers block.
 * @param ports the keys are names in config/topology.ts
 */
export function blockedPorts(
  ports: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly port: number }[] {
  return Object.entries(ports)
    .map(([name, port]) => ({ name, port }))
    .filter(({ name, port }) => !notForBrowsers.includes(name) && blockedByBrowsers.includes(port));
}
