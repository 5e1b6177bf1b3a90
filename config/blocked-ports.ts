import type { ports as basePorts } from './topology.ts';

/** Source: https://fetch.spec.whatwg.org/#port-blocking (June 2025). The list leaves out all ports below 1024. */
const blockedByBrowsers: readonly number[] = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
];

/** Browsers never open these ports, because the ports serve NATS, gRPC or Cap'n Proto. */
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

export function blockedPorts(
  ports: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly port: number }[] {
  return Object.entries(ports)
    .map(([name, port]) => ({ name, port }))
    .filter(({ name, port }) => !notForBrowsers.includes(name) && blockedByBrowsers.includes(port));
}
