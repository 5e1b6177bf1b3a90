import type { LaptopEngine } from '../config/topology.ts';
import type { PortName } from './network.ts';
import type { Ports } from './ports.ts';

/** The listener of a receiver of remote write. */
export interface WriteTarget {
  /** Name of the component that listens. */
  readonly component: string;
  readonly port: PortName;
  readonly path: string;
}

/** The components that send samples by remote write. With the engine `prometheus`, only the agent sends. */
export type Writer = 'prometheus' | 'prometheus-agent' | 'thanos-rule';

/** The listener that answers queries, and that Grafana uses as its data source. */
export function queryPort(engine: LaptopEngine): PortName {
  return engine === 'thanos' ? 'thanosQuery' : 'prometheus';
}

/**
 * The receiver of each writer. The writers can use different receivers, because every receiver sends the samples to all
 * receivers.
 */
const receiverOf: Readonly<Record<Writer, 1 | 2 | 3>> = {
  prometheus: 1,
  'prometheus-agent': 2,
  'thanos-rule': 3,
};

/** The listener to which a component sends its samples. */
export function writeTarget(engine: LaptopEngine, writer: Writer): WriteTarget {
  if (engine === 'prometheus') return { component: 'prometheus', port: 'prometheus', path: '/api/v1/write' };
  const receiver = receiverOf[writer];
  return {
    component: `thanos-receive-${receiver}`,
    port: `thanosReceive${receiver}Write`,
    path: '/api/v1/receive',
  };
}

/** The ports that only the engine `thanos` uses. */
export function thanosPorts(ports: Ports): readonly number[] {
  return Object.entries(ports).flatMap(([name, port]) => (name.startsWith('thanos') ? [port] : []));
}
