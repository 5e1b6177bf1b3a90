import type { ports as basePorts } from './topology.ts';

/**
 * Ports above 1023 to which browsers and `fetch` refuse to connect: the "bad ports" of the WHATWG Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking), as of June 2025. No offset reaches a lower port.
 */
const blockedByBrowsers: readonly number[] = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10_080,
];

/** Ports that use the NATS protocol and not HTTP. */
const notForBrowsers: readonly string[] = ['nats', 'edgeNats'] satisfies (keyof typeof basePorts)[];

/** The HTTP ports that browsers refuse to open. @param ports with the names of `ports` in the topology */
export function blockedPorts(
  ports: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly port: number }[] {
  return Object.entries(ports)
    .map(([name, port]) => ({ name, port }))
    .filter(({ name, port }) => !notForBrowsers.includes(name) && blockedByBrowsers.includes(port));
}
