import { clusters } from '../../config/topology.ts';
import type { MapNode } from '../../console/index.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { select } from '../../metrics/promql.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';
import { perMinute } from '../connection-rates.ts';
import { places } from '../places.ts';

/** The exporter of the primary NATS server. */
export const natsExporter: ComponentFactory = ({ ports }) =>
  exporter({
    name: 'nats-exporter',
    server: 'nats',
    cluster: clusters.primary.cluster,
    place: places.nats,
    source: 'natsExporter',
    port: ports.natsExporter,
    monitorPort: ports.natsMonitor,
  });

/** The exporter of the federated NATS server. */
export const edgeNatsExporter: ComponentFactory = ({ ports }) =>
  exporter({
    name: 'edge-nats-exporter',
    server: 'edge-nats',
    cluster: clusters.edge.cluster,
    place: places.edge,
    source: 'edgeNatsExporter',
    port: ports.edgeNatsExporter,
    monitorPort: ports.edgeNatsMonitor,
  });

interface Exporter extends Required<Pick<MapNode, 'name' | 'place' | 'source'>> {
  /** Name of the component that is exposed. */
  readonly server: string;
  readonly cluster: string;
  readonly port: number;
  readonly monitorPort: number;
}

function exporter({ name, server, cluster, place, source, port, monitorPort }: Exporter): Component {
  const requests = select(natsMetrics.monitorRequests, { cluster });
  return {
    name,
    role: `exposes the NATS of ${cluster}`,
    place,
    source,
    connections: [{ to: server, kind: 'requests', rate: perMinute(requests), unit: 'requests/min' }],
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
