import { clusters } from '../../config/topology.ts';
import type { Fault } from './fault.ts';

const primary = { cluster: clusters.primary.cluster } as const;

const natsExporterKilled: Fault = {
  name: 'nats-exporter-killed',
  title: `The NATS exporter of ${clusters.primary.cluster} is killed`,
  area: 'messaging',
  description:
    'The exporter ends and is not restarted. NATS continues to work, and Prometheus has no metrics of NATS.',
  cause: 'A crash of the exporter, or an exporter that needs more memory than its limit.',
  alerts: [{ alert: 'NatsExporterDown', labels: primary }],
  allowed: [
    { alert: 'FreshnessSloBurningFast', labels: primary },
    { alert: 'FreshnessSloBurningSlow', labels: primary },
  ],
  breaks: ['nats-exporter'],
  process: 'stopped',
  inject: ({ stop }) => stop('nats-exporter'),
  restore: async ({ start }) => start('nats-exporter'),
};

const batchPusherKilled: Fault = {
  name: 'batch-pusher-killed',
  title: 'The batch-pusher is killed',
  area: 'batch',
  description:
    'The batch-pusher ends and is not restarted. No run can start there, and no job can report there.',
  cause: 'A crash, an evicted pod, or a wrong release.',
  alerts: [{ alert: 'BatchPusherDown' }],
  allowed: [{ alert: 'BatchRunMissing' }, { alert: 'BatchDataStale' }],
  breaks: ['batch-pusher'],
  process: 'stopped',
  inject: ({ stop }) => stop('batch-pusher'),
  restore: async ({ start }) => start('batch-pusher'),
};

export const exporterFaults: readonly Fault[] = [natsExporterKilled, batchPusherKilled];
