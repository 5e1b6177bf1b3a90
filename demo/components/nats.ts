import { clusters } from '../../config/topology.ts';
import { keySeriesOfNats, type Place } from '../../console/index.ts';
import { type Component, type ComponentFactory, local } from '../component.ts';
import { places } from '../places.ts';

interface Ports {
  readonly client: number;
  readonly monitor: number;
}

/** The NATS server of the primary cluster. */
export const nats: ComponentFactory = ({ ports }) =>
  natsServer('nats', clusters.primary.cluster, places.nats, {
    client: ports.nats,
    monitor: ports.natsMonitor,
  });

/** The NATS server of the federated cluster. */
export const edgeNats: ComponentFactory = ({ ports }) =>
  natsServer('edge-nats', clusters.edge.cluster, places.edge, {
    client: ports.edgeNats,
    monitor: ports.edgeNatsMonitor,
  });

function natsServer(name: string, cluster: string, place: Place, { client, monitor }: Ports): Component {
  const config = `# NATS reads its own format.
server_name: "${cluster}"
listen: "127.0.0.1:${client}"
http: "127.0.0.1:${monitor}"
max_connections: 1000
jetstream {
  store_dir: "data/${name}"
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
    folders: [`data/${name}`],
    ports: [client, monitor],
    url: local(monitor),
    healthUrl: local(monitor, '/healthz'),
    stopStage: 2,
  };
}
