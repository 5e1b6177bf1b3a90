import { clusters } from '../../config/topology.ts';
import { NotPossibleNow } from '../../console/index.ts';
import type { Fault, FaultArea, FaultContext } from './fault.ts';

const primary = { cluster: clusters.primary.cluster } as const;
const edge = { cluster: clusters.edge.cluster } as const;

/** @throws NotPossibleNow if the component has no process */
function suspend({ component }: FaultContext, name: string): void {
  if (component(name).signal('SIGSTOP')) return;
  throw new NotPossibleNow(`${name} has no process to suspend. Start ${name} first.`);
}

function resume({ component }: FaultContext, name: string): void {
  component(name).signal('SIGCONT');
}

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
      'The server ends and is not restarted. Its exporter continues and repeats the last varz values; connz and JetStream series end.',
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

const edgeNatsKilled = natsKilled('edge-nats-killed', 'federation', 'edge-nats', edge);

const edgeCutOff: Fault = {
  name: 'edge-cut-off',
  title: 'The edge cluster stops sending',
  area: 'federation',
  description:
    'The Prometheus agent of the edge is suspended: the agent neither scrapes nor sends. After a cut link only, the agent would continue to scrape and send the missed samples later.',
  cause: 'A node that hangs, or an agent that was scaled to zero.',
  alerts: [{ alert: 'EdgeClusterSilent', labels: edge }],
  allowed: [
    { alert: 'TargetMissing', labels: edge },
    { alert: 'FreshnessSloBurningFast', labels: edge },
    { alert: 'FreshnessSloBurningSlow', labels: edge },
    { alert: 'RemoteWriteBehind', labels: edge },
  ],
  breaks: ['prometheus-agent'],
  process: 'suspended',
  inject: async (context) => suspend(context, 'prometheus-agent'),
  restore: async (context) => resume(context, 'prometheus-agent'),
};

export const clusterFaults: readonly Fault[] = [
  primaryNatsKilled,
  natsFrozen,
  consumerStalled,
  edgeNatsKilled,
  edgeCutOff,
];
