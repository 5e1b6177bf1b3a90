import { remoteWriteListener, thanos } from '../config/cluster-names.ts';
import type { LaptopEngine } from '../config/topology.ts';
import type { PortName } from './network.ts';
import type { Ports } from './ports.ts';

/** A component that receives remote write, with its port and path. */
export interface WriteTarget {
  readonly component: string;
  readonly port: PortName;
  readonly path: string;
}

/** Senders of remote write. With the engine `prometheus`, only the agent sends samples. */
export type Writer = 'prometheus' | 'prometheus-agent' | 'thanos-rule';

/** Port that answers PromQL queries. Grafana's data source uses this port. */
export function queryPort(engine: LaptopEngine): PortName {
  return engine === 'thanos' ? 'thanosQuery' : 'prometheus';
}

/** Any Thanos receiver would work, because the receivers forward samples to each other. */
const receiverOf: Readonly<Record<Writer, 1 | 2 | 3>> = {
  prometheus: 1,
  'prometheus-agent': 2,
  'thanos-rule': 3,
};

/** The component, port and path to which `writer` sends its samples. */
export function writeTarget(engine: LaptopEngine, writer: Writer): WriteTarget {
  if (engine === 'prometheus') return { component: 'prometheus', port: 'prometheus', path: '/api/v1/write' };
  const receiver = receiverOf[writer];
  return {
    component: `thanos-receive-${receiver}`,
    port: `thanosReceive${receiver}Write`,
    path: thanos.writePath,
  };
}

/** The agent of the edge sends samples to this listener. The listener forwards the samples. */
export const edgeListener = {
  port: 'remoteWriteListener',
  path: remoteWriteListener.path,
} as const satisfies Pick<WriteTarget, 'port' | 'path'>;

export function thanosPorts(ports: Ports): readonly number[] {
  return Object.entries(ports).flatMap(([name, port]) => (name.startsWith('thanos') ? [port] : []));
}
