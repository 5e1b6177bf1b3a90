import { remoteWriteListener, thanos } from '../config/cluster-names.ts';
import type { LaptopEngine } from '../config/topology.ts';
import type { PortName } from './network.ts';
import type { Ports } from './ports.ts';

/** A listener for remote write. */
export interface WriteTarget {
  /** Name of the listening component. */
  readonly component: string;
  readonly port: PortName;
  readonly path: string;
}

/** Components that can send samples by remote write. With the engine `prometheus`, only the agent sends. */
export type Writer = 'prometheus' | 'prometheus-agent' | 'thanos-rule';

/** Port for queries. The data source of Grafana uses it. */
export function queryPort(engine: LaptopEngine): PortName {
  return engine === 'thanos' ? 'thanosQuery' : 'prometheus';
}

/** The receiver of each writer. Any receiver works, because every receiver sends its samples to the others. */
const receiverOf: Readonly<Record<Writer, 1 | 2 | 3>> = {
  prometheus: 1,
  'prometheus-agent': 2,
  'thanos-rule': 3,
};

/** The listener for the samples of a component. */
export function writeTarget(engine: LaptopEngine, writer: Writer): WriteTarget {
  if (engine === 'prometheus') return { component: 'prometheus', port: 'prometheus', path: '/api/v1/write' };
  const receiver = receiverOf[writer];
  return {
    component: `thanos-receive-${receiver}`,
    port: `thanosReceive${receiver}Write`,
    path: thanos.writePath,
  };
}

/** The listener in front of the receiver for the edge. Its path is the same with both engines. */
export const edgeListener = {
  port: 'remoteWriteListener',
  path: remoteWriteListener.path,
} as const satisfies Pick<WriteTarget, 'port' | 'path'>;

/** Ports of the engine `thanos` only. */
export function thanosPorts(ports: Ports): readonly number[] {
  return Object.entries(ports).flatMap(([name, port]) => (name.startsWith('thanos') ? [port] : []));
}
