import { clusters } from '../../config/topology.ts';
import type { MapNode } from '../../console/index.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { select } from '../../metrics/promql.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';
import { perMinute } from '../connection-rates.ts';
import { type PortName, peer } from '../network.ts';
import { places } from '../places.ts';
import type { Settings } from '../settings.ts';

export const natsExporter: ComponentFactory = (settings) =>
  exporter(settings, {
    name: 'nats-exporter',
    server: 'nats',
    cluster: clusters.primary.cluster,
    place: places.nats,
    source: 'natsExporter',
    port: 'natsExporter',
    monitorPort: 'natsMonitor',
  });

export const edgeNatsExporter: ComponentFactory = (settings) =>
  exporter(settings, {
    name: 'edge-nats-exporter',
    server: 'edge-nats',
    cluster: clusters.edge.cluster,
    place: places.edge,
    source: 'edgeNatsExporter',
    port: 'edgeNatsExporter',
    monitorPort: 'edgeNatsMonitor',
  });

interface Exporter extends Required<Pick<MapNode, 'name' | 'place' | 'source'>> {
  readonly server: string;
  readonly cluster: string;
  readonly port: PortName;
  readonly monitorPort: PortName;
}

function exporter(
  settings: Settings,
  { name, server, cluster, place, source, port, monitorPort }: Exporter,
): Component {
  const number = settings.ports[port];
  const requests = select(natsMetrics.monitorRequests, { cluster });
  return {
    name,
    role: `exposes the NATS of ${cluster}`,
    place,
    source,
    connections: [{ to: server, kind: 'requests', rate: perMinute(requests), unit: 'requests/min' }],
    program: { kind: 'program', name: 'prometheus-nats-exporter' },
    // The NATS chart sets these arguments too. The metrics therefore have the same names as in a cluster.
    args: [
      `-addr=${settings.network.listen}`,
      `-port=${number}`,
      '-connz',
      '-routez',
      '-subz',
      '-varz',
      '-prefix=nats',
      '-use_internal_server_id',
      '-jsz=all',
      // Seconds between two attempts to connect to a stopped NATS server. The default is 30.
      '-ri=1',
      peer(settings, monitorPort),
    ],
    after: [server],
    ports: [number],
    url: local(number, '/metrics'),
    healthUrl: peer(settings, port, '/metrics'),
  };
}
