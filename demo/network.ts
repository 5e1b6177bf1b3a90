import type { Ports } from './ports.ts';

export type PortName = keyof Ports;

/** Where components listen, and how they reach each other. */
export interface Network {
  /** IPv4 address on which all components listen. */
  readonly listen: string;
  /** Host name at which other components reach each listener. */
  readonly hosts: Readonly<Record<PortName, string>>;
}

interface Placed {
  readonly network: Network;
  readonly ports: Ports;
}

const loopbackAddress = '127.0.0.1';

/** A network in which all components listen on 127.0.0.1. */
export function loopback(ports: Ports): Network {
  const names = Object.keys(ports) as PortName[];
  return {
    listen: loopbackAddress,
    hosts: Object.fromEntries(names.map((name) => [name, loopbackAddress])) as Network['hosts'],
  };
}

/** `<host>:<port>` at which other components reach the listener. */
export function address({ network, ports }: Placed, port: PortName): string {
  return `${network.hosts[port]}:${ports[port]}`;
}

/** `http://<host>:<port><path>` at which other components reach the listener. */
export function peer(placed: Placed, port: PortName, path = ''): string {
  return `http://${address(placed, port)}${path}`;
}

/** `<address>:<port>` on which the component listens. */
export function listener({ network, ports }: Placed, port: PortName): string {
  return `${network.listen}:${ports[port]}`;
}
