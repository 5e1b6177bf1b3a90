import { setTimeout as delay } from 'node:timers/promises';
import { clusters } from '../../config/topology.ts';
import { NotPossibleNow } from '../../console/index.ts';
import type { Fault, FaultArea } from './fault.ts';
import { resume, suspend } from './suspend.ts';

const primary = { cluster: clusters.primary.cluster } as const;
const edge = { cluster: clusters.edge.cluster } as const;

function natsKilled(
  name: string,
  area: FaultArea,
  component: string,
  labels: Readonly<Record<string, string>>,
): Fault {
  return {
    name,
    title: `NATS of ${labels.cluster} is killed`,
    area,
    description:
      'The NATS server stops and is not restarted. The NATS exporter continues to run and repeats the last values of /varz. The series of /connz and of JetStream end.',
    cause: 'A crash, a lost node, or a process that needs more memory than its limit.',
    alerts: [{ alert: 'NatsServerDown', labels }],
    allowed: [
      { alert: 'NatsServerRestarted', labels },
      { alert: 'NatsTrafficStopped', labels },
      { alert: 'NatsConsumerLagging', labels },
    ],
    breaks: [component],
    changes: component,
    process: 'stopped',
    inject: ({ stop }) => stop(component),
    restore: async ({ start }) => start(component),
  };
}

const primaryNatsKilled = natsKilled('nats-killed', 'messaging', 'nats', primary);

const natsFrozen: Fault = {
  name: 'nats-frozen',
  title: `NATS of ${clusters.primary.cluster} hangs`,
  area: 'messaging',
  description:
    'The server is suspended. Its exporter waits for it, and each scrape of the exporter times out.',
  cause: 'A node without spare processor time, or a disk that no longer answers.',
  alerts: [{ alert: 'NatsServerDown', labels: primary }],
  allowed: [
    { alert: 'NatsExporterDown', labels: primary },
    { alert: 'NatsTrafficStopped', labels: primary },
    { alert: 'NatsConsumerLagging', labels: primary },
    { alert: 'FreshnessSloBurningFast', labels: primary },
    { alert: 'FreshnessSloBurningSlow', labels: primary },
    { alert: 'ScrapeSlow', labels: primary },
  ],
  breaks: ['nats'],
  changes: 'nats',
  process: 'suspended',
  inject: async (context) => suspend(context, 'nats'),
  restore: async (context) => resume(context, 'nats'),
};

const consumerStalled: Fault = {
  name: 'consumer-stalled',
  title: 'A JetStream consumer stalls',
  area: 'messaging',
  description: 'Orders are published, and billing no longer fetches them: the backlog grows.',
  cause: 'A deadlock in the consumer, an exhausted pool, or a dependency that does not answer.',
  alerts: [{ alert: 'NatsConsumerStalled', labels: primary }],
  allowed: [{ alert: 'NatsConsumerLagging', labels: primary }],
  breaks: ['shop'],
  changes: 'the consumer',
  intensity: {
    title: 'backlog at the start',
    unit: 'messages',
    min: 0,
    max: 20_000,
    step: 1000,
    default: 1000,
  },
  inject: async ({ stallConsumer, publish }, backlog) => {
    stallConsumer('primary', true);
    await publish('primary', backlog);
  },
  restore: async ({ stallConsumer }) => stallConsumer('primary', false),
};

const publishersStopped: Fault = {
  name: 'publishers-stopped',
  title: `Nobody publishes to NATS of ${clusters.primary.cluster}`,
  area: 'messaging',
  description: 'The server and its connections are healthy, and no client publishes a message.',
  cause: 'A release of the publisher that waits for another system, or a removed producer.',
  alerts: [{ alert: 'NatsTrafficStopped', labels: primary }],
  breaks: ['shop'],
  changes: 'the publishers',
  inject: async ({ stopPublishers }) => stopPublishers('primary', true),
  restore: async ({ stopPublishers }) => stopPublishers('primary', false),
};

const edgeNatsKilled = natsKilled('edge-nats-killed', 'federation', 'edge-nats', edge);

const silentEdge: Pick<Fault, 'alerts' | 'allowed' | 'breaks'> = {
  alerts: [{ alert: 'EdgeClusterSilent', labels: edge }],
  allowed: [
    { alert: 'TargetMissing', labels: edge },
    { alert: 'FreshnessSloBurningFast', labels: edge },
    { alert: 'FreshnessSloBurningSlow', labels: edge },
    // These alerts can fire after the fault, when the metrics of the agent arrive again.
    { alert: 'RemoteWriteBehind', labels: edge },
    { alert: 'RemoteWriteRetrying', labels: edge },
    { alert: 'RemoteWriteFailing', labels: edge },
  ],
  breaks: ['prometheus-agent'],
};

const edgeCutOff: Fault = {
  ...silentEdge,
  name: 'edge-cut-off',
  title: 'The edge cluster stops sending',
  area: 'federation',
  description:
    'The Prometheus agent of the edge is suspended: the agent neither scrapes nor sends. If only the link were cut, the agent would continue to scrape and send the missed samples later.',
  cause: 'A node that hangs, or an agent that was scaled to zero.',
  process: 'suspended',
  inject: async (context) => suspend(context, 'prometheus-agent'),
  restore: async (context) => resume(context, 'prometheus-agent'),
};

const edgeRefused: Fault = {
  ...silentEdge,
  name: 'edge-refused',
  title: 'The receiver refuses the samples of the edge cluster',
  area: 'federation',
  description:
    'The receiver answers 401 to the agent of the edge. The agent scrapes and sends, and drops each refused sample permanently: the gap in the graphs stays after the end of the fault.',
  cause: 'A password or token that was changed on one side only.',
  inject: async ({ treatEdge }) => treatEdge('refusing'),
  restore: async ({ treatEdge }) => treatEdge('forwarding'),
};

const edgeKilledInOutage: Fault = {
  ...silentEdge,
  name: 'edge-killed-in-outage',
  title: 'The agent of the edge is killed during an outage of the receiver',
  area: 'federation',
  description:
    'The receiver closes every connection, and the agent is killed while it holds unsent samples. The agent starts again with an empty buffer: the gap in the graphs stays after the end of the fault.',
  cause: 'A node of the edge that is replaced while the link to the central cluster is cut.',
  process: 'killed',
  intensity: {
    title: 'time from the outage to the kill',
    unit: 's',
    min: 0,
    max: 15,
    step: 5,
    default: 5,
  },
  inject: async ({ treatEdge, component }, seconds) => {
    treatEdge('away');
    await delay(seconds * 1000);
    if (component('prometheus-agent').signal('SIGKILL')) return;
    throw new NotPossibleNow('prometheus-agent has no process to kill. Start prometheus-agent first.');
  },
  restore: async ({ treatEdge }) => treatEdge('forwarding'),
};

export const clusterFaults: readonly Fault[] = [
  primaryNatsKilled,
  natsFrozen,
  consumerStalled,
  publishersStopped,
  edgeNatsKilled,
  edgeCutOff,
  edgeRefused,
  edgeKilledInOutage,
];
