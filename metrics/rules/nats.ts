import { natsMetrics } from '../definitions/nats.ts';
import { select } from '../promql.ts';
import type { RuleGroup } from './rule.ts';

export const natsRules: RuleGroup = {
  name: 'nats',
  recording: [
    {
      record: 'nats_jetstream_varz_stats_total_streams',
      expr: select(natsMetrics.totalStreams),
      help: 'JetStream streams on the server, under the name that readers know.',
      unit: 'streams',
      labels: [],
    },
  ],
};
