import { clusters } from '../../config/topology.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';

/** The primary NATS's exporter. */
export const natsExporter: ComponentFactory = ({ ports }) =>
  exporter('nats-exporter', 'nats', clusters.primary.cluster, ports.natsExporter, ports.natsMonitor);

/** The federated NATS's exporter. */
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
    // The chart's own arguments, so that the metrics are named alike.
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
      // Without a server it asks again every 30 s by default.
      '-ri=1',
      local(monitorPort),
    ],
    after: [server],
    ports: [port],
    url: local(port, '/metrics'),
    healthUrl: local(port, '/metrics'),
  };
}
