import { ports as otherPorts } from '../config/topology.ts';
import { sourcePorts } from '../sources/index.ts';

/** Sources that run only in a cluster need no port on the laptop. */
const { certManager: _, kubeStateMetrics: __, operator: ___, ...scraped } = sourcePorts;

/** TCP ports of the laptop pipeline: scraped sources and all other servers. */
export const ports = { ...otherPorts, ...scraped } as const;
