import { ports as otherPorts } from '../config/topology.ts';
import { sourcePorts } from '../sources/index.ts';

/** Sources that run in a cluster only need no port on the laptop. */
const { certManager: _, kubeStateMetrics: __, operator: ___, ...scraped } = sourcePorts;

/** TCP ports of the laptop pipeline: of what is scraped, and of everything else that listens. */
export const ports = { ...otherPorts, ...scraped } as const;
