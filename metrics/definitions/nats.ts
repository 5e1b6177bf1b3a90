import { defineMetrics } from '../definition.ts';

/** What the NATS exporter says of one server; all gauges, the growing ones too. */
export const natsMetrics = defineMetrics({
  totalStreams: {
    name: 'nats_server_total_streams',
    type: 'gauge',
    unit: 'streams',
    help: 'JetStream streams on the server.',
    labels: [],
  },
});
