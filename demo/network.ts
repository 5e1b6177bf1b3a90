import type { Ports } from './ports.ts';

export type PortName = keyof Ports;

/**
 * The addresses on which the components of a pipeline listen, and the host names under which the components reach each
 * other.
 */
export interface Network {
  /** The IPv4 address on which each component listens. */
  readonly listen: string;
  /** Host name of each listener for the other components. */
  readonly hosts: Readonly<Record<PortName, string>>;
}

interface Placed {
  readonly network: Network;
  readonly ports: Ports;
}

const loopbackAddress = '127.0.0.1';

/** The network of the laptop. All components listen on 127.0.0.1. */
export function loopback(ports: Ports): Network {
  const names = Object.keys(ports) as PortName[];
  return {
    listen: loopbackAddress,
    hosts: Object.fromEntries(names.map((name) => [name, loopbackAddress])) as Network['hosts'],
  };
}

/** Address `<host>:<port>` of a listener for the other components. */
export function address({ network, ports }: Placed, port: PortName): string {
  return `${network.hosts[port]}:${ports[port]}`;
}

/** URL `http://<host>:<port><path>` of a listener for the other components. */
export function peer(placed: Placed, port: PortName, path = ''): string {
  return `http://${address(placed, port)}${path}`;
}

/** Address `<address>:<port>` on which a component listens. */
export function listener({ network, ports }: Placed, port: PortName): string {
  return `${network.listen}:${ports[port]}`;
}
