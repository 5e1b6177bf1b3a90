import { clusters } from '../../config/topology.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';

/** The exporter of the primary NATS server. */
export const natsExporter: ComponentFactory = ({ ports }) =>
  exporter('nats-exporter', 'nats', clusters.primary.cluster, ports.natsExporter, ports.natsMonitor);

/** The exporter of the federated NATS server. */
export const edgeNatsExporter: ComponentFactory = ({ ports }) =>
  exporter(
    'edge-nats-exporter',
    'edge-nats',
    clusters.edge.cluster,
    ports.edgeNatsExporter,
    ports.edgeNatsMonitor,
  );

function exporter(
  name: string,
  server: string,
  cluster: string,
  port: number,
  monitorPort: number,
): Component {
  return {
    name,
    role: `exposes the NATS of ${cluster}`,
    program: { kind: 'program', name: 'prometheus-nats-exporter' },
    // The same arguments as in the chart give the same metric names.
    args: [
      '-addr=127.0.0.1',
      `-port=${port}`,
      '-connz',
      '-routez',
      '-subz',
      '-varz',
      '-prefix=nats',
      '-use_internal_server_id',
      '-jsz=all',
      // Retry interval in seconds while the server is down; the default is 30.
      '-ri=1',
      local(monitorPort),
    ],
    after: [server],
    ports: [port],
    url: local(port, '/metrics'),
    healthUrl: local(port, '/metrics'),
  };
}
