import { clusters } from '../../config/topology.ts';
import type { Fault } from './fault.ts';

const primary = { cluster: clusters.primary.cluster } as const;
const edge = { cluster: clusters.edge.cluster } as const;

export const edgeCutOff: Fault = {
  name: 'edge-cut-off',
  title: 'The edge cluster stops sending',
  description:
    'Its Prometheus agent is suspended, as when its node hangs: the agent neither scrapes nor sends. After a cut link only, the agent would continue to scrape and send the missed samples later.',
  alerts: [{ alert: 'EdgeClusterSilent', labels: edge }],
  breaks: ['prometheus-agent'],
  inject: async ({ component }) => component('prometheus-agent').signal('SIGSTOP'),
  restore: async ({ component }) => component('prometheus-agent').signal('SIGCONT'),
};

function natsKilled(name: string, component: string, labels: Readonly<Record<string, string>>): Fault {
  return {
    name,
    title: `NATS of ${labels.cluster} is killed`,
    description:
      'The server ends and is not restarted. Its exporter continues and repeats the last varz values; connz and JetStream series end.',
    alerts: [{ alert: 'NatsServerDown', labels }],
    breaks: [component],
    inject: ({ stop }) => stop(component),
    restore: async ({ start }) => start(component),
  };
}

export const natsFrozen: Fault = {
  name: 'nats-frozen',
  title: `NATS of ${clusters.primary.cluster} hangs`,
  description:
    'The server is suspended, as when its node has no processor time left. Its exporter waits for it, and each scrape of the exporter times out.',
  alerts: [{ alert: 'NatsServerDown', labels: primary }],
  breaks: ['nats'],
  inject: async ({ component }) => component('nats').signal('SIGSTOP'),
  restore: async ({ component }) => component('nats').signal('SIGCONT'),
};

export const primaryNatsKilled = natsKilled('nats-killed', 'nats', primary);
export const edgeNatsKilled = natsKilled('edge-nats-killed', 'edge-nats', edge);

export const consumerStalled: Fault = {
  name: 'consumer-stalled',
  title: 'A JetStream consumer stalls',
  description: 'Orders are published, and billing no longer fetches them: the backlog grows.',
  alerts: [{ alert: 'NatsConsumerStalled', labels: primary }],
  breaks: ['shop'],
  inject: async ({ setTraffic }) => setTraffic('primary', 'stalled-consumer'),
  restore: async ({ setTraffic }) => setTraffic('primary', 'on'),
};
