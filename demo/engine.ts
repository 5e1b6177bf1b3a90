import { remoteWriteListener, thanos } from '../config/cluster-names.ts';
import type { LaptopEngine } from '../config/topology.ts';
import type { PortName } from './network.ts';
import type { Ports } from './ports.ts';

/** The listener that receives the remote write of a writer. */
export interface WriteTarget {
  /** Name of the component that listens. */
  readonly component: string;
  readonly port: PortName;
  readonly path: string;
}

/** The components that can send samples by remote write. With the engine `prometheus`, only the agent does. */
export type Writer = 'prometheus' | 'prometheus-agent' | 'thanos-rule';

/** The port that answers queries. Grafana uses it as its data source. */
export function queryPort(engine: LaptopEngine): PortName {
  return engine === 'thanos' ? 'thanosQuery' : 'prometheus';
}

/**
 * Number of the receiver of each writer. The writers can use different receivers, because every receiver sends its
 * samples to all other receivers.
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
    path: thanos.writePath,
  };
}

/** The listener in front of the receiver of the edge. Its path is the same with each engine. */
export const edgeListener = {
  port: 'remoteWriteListener',
  path: remoteWriteListener.path,
} as const satisfies Pick<WriteTarget, 'port' | 'path'>;

/** The ports that only the engine `thanos` uses. */
export function thanosPorts(ports: Ports): readonly number[] {
  return Object.entries(ports).flatMap(([name, port]) => (name.startsWith('thanos') ? [port] : []));
}
