import { clusters } from '../../config/topology.ts';
import { keySeriesOfNats, type Place } from '../../console/index.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';
import { dataFolders } from '../data-folders.ts';
import { listener, type PortName, peer } from '../network.ts';
import { places } from '../places.ts';
import type { Settings } from '../settings.ts';

interface Server {
  readonly name: string;
  readonly folder: string;
  readonly cluster: string;
  readonly place: Place;
  readonly client: PortName;
  readonly monitor: PortName;
}

export const nats: ComponentFactory = (settings) =>
  natsServer(settings, {
    name: 'nats',
    folder: dataFolders.nats,
    cluster: clusters.primary.cluster,
    place: places.nats,
    client: 'nats',
    monitor: 'natsMonitor',
  });

export const edgeNats: ComponentFactory = (settings) =>
  natsServer(settings, {
    name: 'edge-nats',
    folder: dataFolders.edgeNats,
    cluster: clusters.edge.cluster,
    place: places.edge,
    client: 'edgeNats',
    monitor: 'edgeNatsMonitor',
  });

function natsServer(
  settings: Settings,
  { name, folder, cluster, place, client, monitor }: Server,
): Component {
  const { ports } = settings;
  const config = `# NATS reads its own format.
server_name: "${cluster}"
listen: "${listener(settings, client)}"
http: "${listener(settings, monitor)}"
max_connections: 1000
jetstream {
  store_dir: "${folder}"
  max_memory_store: 64MB
  max_file_store: 256MB
}
`;
  return {
    name,
    role: `messaging with JetStream, cluster ${cluster}`,
    place,
    keySeries: keySeriesOfNats(cluster),
    program: { kind: 'program', name: 'nats-server' },
    args: ['--config', `config/${name}/nats.conf`],
    files: { [`config/${name}/nats.conf`]: config },
    folders: [folder],
    ports: [ports[client], ports[monitor]],
    url: local(ports[monitor]),
    healthUrl: peer(settings, monitor, '/healthz'),
    stopStage: 2,
  };
}
