import { jetStreamMetrics } from '../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../metrics/definitions/nats.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  and,
  avgOverTime,
  delta,
  div,
  eq,
  group,
  gt,
  increase,
  lt,
  max,
  mul,
  offset,
  or,
  range,
  rate,
  select,
  sub,
  sum,
  time,
  unless,
} from '../metrics/promql.ts';
import { ruleGroup } from './rule.ts';
import { natsJobs, nearTimeout } from './selectors.ts';
import { text } from './text.ts';
import { count, duration, limit, ratio, span } from './threshold.ts';

const perCluster = ['cluster', 'environment'] as const;
const perStream = [...perCluster, 'account', 'stream_name'] as const;
const perConsumer = [...perStream, 'consumer_name'] as const;
const window = lookback('5m');
const quarter = lookback('15m');
const hour = lookback('1h');
// Only the leader of a stream or consumer reports current values. Followers report older values.
const ofStreamLeader = { is_stream_leader: 'true' } as const;
const ofConsumerLeader = { is_consumer_leader: 'true' } as const;

export const natsThresholds = {
  connections: ratio(0.8, 0.1, 0.99),
  /** The alert fires if the current message rate is below this share of the mean rate of the last hour. */
  littleTraffic: ratio(0.05, 0.001, 0.9),
  /** Messages per second. Below this mean rate, the alert ignores a decrease. */
  leastTraffic: count(1, 0.001, 1_000_000),
  fileStorage: ratio(0.85, 0.1, 0.99),
  memoryStorage: ratio(0.85, 0.1, 0.99),
  /** NatsConsumerLagging fires if the estimated age of the oldest pending message is above this limit. */
  consumerLag: duration({ production: '5m', laptop: '5m' }, '30s', '1d'),
  redelivered: count(10, 1, 100_000),
  /** A NATS server counts as hanging if a scrape fails after more than this time. */
  hanging: nearTimeout(),
  /** NatsServerRestarted fires until the restarted server has run for this time. */
  restarted: duration(quarter, '1m', '1d'),
} as const;

const pendingMessages = max(select(jetStreamMetrics.consumerPending, ofConsumerLeader), perConsumer);
const growth = max(rate(range(select(jetStreamMetrics.streamLastSeq, ofStreamLeader), window)), perStream);

export const natsRules = ruleGroup({
  name: 'nats',
  recording: [
    { record: recorded.totalStreams, expr: select(jetStreamMetrics.streams) },
    { record: recorded.connections, expr: sum(select(natsMetrics.connections), perCluster) },
    { record: recorded.inMsgs, expr: sum(rate(range(select(natsMetrics.inMsgs), window)), perCluster) },
    { record: recorded.outMsgs, expr: sum(rate(range(select(natsMetrics.outMsgs), window)), perCluster) },
    { record: recorded.inBytes, expr: sum(rate(range(select(natsMetrics.inBytes), window)), perCluster) },
    { record: recorded.outBytes, expr: sum(rate(range(select(natsMetrics.outBytes), window)), perCluster) },
    { record: recorded.jetStreamBytes, expr: sum(select(natsMetrics.jetStreamStorage), perCluster) },
    {
      record: recorded.consumerLag,
      expr: div(pendingMessages, gt(growth, 0), { on: perStream, manyToOne: true }),
    },
  ],
  alerting: [
    {
      alert: 'NatsServerDown',
      // If the server stops, `reportedConnections` is missing. If the server hangs, the scrape times out.
      expr: or(
        unless(eq(select(targetMetrics.up, { job: natsJobs }), 1), select(natsMetrics.reportedConnections), {
          on: ['cluster', 'job', 'instance'],
        }),
        and(
          eq(select(targetMetrics.up, { job: natsJobs }), 0),
          gt(select(targetMetrics.scrapeDuration, { job: natsJobs }), limit(natsThresholds.hanging)),
        ),
      ),
      // The liveness probe restarts a hanging server after at least 125 s. The alert must fire earlier.
      for: pending('1m'),
      severity: 'critical',
      thresholds: { scrape: natsThresholds.hanging },
      summary: 'A NATS server of {{ $labels.cluster }} is down or hangs.',
      description:
        'The NATS server behind {{ $labels.instance }} does not answer. The server has stopped, or hangs. Clients of {{ $labels.cluster }} cannot publish to this server. The nats_varz series repeat old values and do not show the present state.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsServerRestarted',
      expr: and(
        lt(sub(time(), div(select(natsMetrics.start), 1000)), limit(natsThresholds.restarted)),
        group(offset(select(targetMetrics.up, { job: natsJobs }), span(natsThresholds.restarted)), [
          'cluster',
          'job',
        ]),
        { on: ['cluster', 'job'] },
      ),
      severity: 'info',
      thresholds: { uptime: natsThresholds.restarted },
      lasts: natsThresholds.restarted,
      windows: [quarter],
      summary: 'A NATS server of {{ $labels.cluster }} restarted.',
      description:
        'The server behind {{ $labels.instance }} started {{ $value | humanizeDuration }} ago. Its clients had to connect again. Messages outside JetStream that were not delivered yet are lost.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsSlowConsumers',
      expr: gt(increase(range(select(natsMetrics.slowConsumers), quarter)), 0),
      severity: 'warning',
      windows: [quarter],
      summary: 'NATS of {{ $labels.cluster }} disconnects slow consumers.',
      description: text`{{ $labels.instance }} disconnected {{ $value | humanize }} clients within ${quarter}, because they read more slowly than messages arrived. Messages outside JetStream that waited for these clients are lost.`,
      dashboard: 'nats',
    },
    {
      alert: 'NatsConnectionsNearLimit',
      expr: gt(
        div(select(natsMetrics.connections), select(natsMetrics.maxConnections)),
        limit(natsThresholds.connections),
      ),
      for: pending('5m'),
      severity: 'warning',
      thresholds: { used: natsThresholds.connections },
      summary:
        'NATS of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its connections in use.',
      description: text`{{ $labels.instance }} uses {{ $value | humanizePercentage }} of max_connections. The alert fires above ${natsThresholds.connections}. At the limit, the server refuses new clients.`,
      dashboard: 'nats',
    },
    {
      alert: 'NatsTrafficStopped',
      expr: and(
        lt(
          select(recorded.inMsgs),
          mul(limit(natsThresholds.littleTraffic), avgOverTime(range(select(recorded.inMsgs), hour))),
        ),
        gt(avgOverTime(range(select(recorded.inMsgs), hour)), limit(natsThresholds.leastTraffic)),
      ),
      for: pending('5m'),
      severity: 'warning',
      thresholds: { share: natsThresholds.littleTraffic, least: natsThresholds.leastTraffic },
      windows: [hour],
      summary: 'Hardly any messages reach NATS of {{ $labels.cluster }}.',
      description: text`{{ $labels.cluster }} receives {{ $value | humanize }} messages a second, less than ${natsThresholds.littleTraffic} of its mean over the last ${hour}. Publishers have stopped, or cannot reach NATS.`,
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamStorageNearLimit',
      expr: gt(
        div(select(natsMetrics.jetStreamStorage), gt(select(natsMetrics.jetStreamMaxStorage), 0)),
        limit(natsThresholds.fileStorage),
      ),
      for: pending('10m'),
      severity: 'critical',
      thresholds: { used: natsThresholds.fileStorage },
      summary:
        'JetStream of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its file storage in use.',
      description: text`{{ $labels.instance }} uses {{ $value | humanizePercentage }} of max_file_store. The alert fires above ${natsThresholds.fileStorage}. When the storage is full, JetStream rejects new messages for streams with file storage.`,
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamMemoryNearLimit',
      expr: gt(
        div(select(natsMetrics.jetStreamMemory), gt(select(natsMetrics.jetStreamMaxMemory), 0)),
        limit(natsThresholds.memoryStorage),
      ),
      for: pending('10m'),
      severity: 'warning',
      thresholds: { used: natsThresholds.memoryStorage },
      summary:
        'JetStream of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its memory storage in use.',
      description: text`{{ $labels.instance }} uses {{ $value | humanizePercentage }} of max_memory_store. The alert fires above ${natsThresholds.memoryStorage}. When the storage is full, JetStream rejects new messages for streams with memory storage.`,
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamDisabled',
      expr: eq(select(jetStreamMetrics.disabled), 1),
      for: pending('1m'),
      severity: 'critical',
      summary: 'JetStream is off on {{ $labels.server_name }} of {{ $labels.cluster }}.',
      description:
        '{{ $labels.server_name }} runs without JetStream. The configuration disables JetStream, or the server disabled JetStream because its storage failed. A stream with its only replica on this server is not available. A stream with replicas on other servers has one replica less.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsConsumerLagging',
      expr: gt(select(recorded.consumerLag), limit(natsThresholds.consumerLag)),
      for: pending('10m'),
      severity: 'warning',
      thresholds: { lag: natsThresholds.consumerLag },
      summary:
        'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} is {{ $value | humanizeDuration }} behind.',
      description: text`Stream {{ $labels.stream_name }} in {{ $labels.cluster }} needs {{ $value | humanizeDuration }} to receive as many messages as wait for consumer {{ $labels.consumer_name }}. The alert fires above ${natsThresholds.consumerLag}. If a limit of the stream deletes waiting messages, the consumer never receives these messages.`,
      dashboard: 'nats',
    },
    {
      alert: 'NatsConsumerStalled',
      expr: and(
        gt(pendingMessages, 0),
        eq(
          max(
            delta(range(select(jetStreamMetrics.consumerDeliveredSeq, ofConsumerLeader), window)),
            perConsumer,
          ),
          0,
        ),
      ),
      for: pending('5m'),
      severity: 'warning',
      windows: [window],
      summary: 'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} receives no messages.',
      description: text`{{ $value | humanize }} messages of {{ $labels.stream_name }} in {{ $labels.cluster }} wait for consumer {{ $labels.consumer_name }}, and the server delivered none of them within ${window}. No client requests messages, or the consumer has reached max_ack_pending.`,
      dashboard: 'nats',
    },
    {
      alert: 'NatsConsumerRedelivering',
      expr: gt(
        max(select(jetStreamMetrics.consumerRedelivered, ofConsumerLeader), perConsumer),
        limit(natsThresholds.redelivered),
      ),
      for: pending('15m'),
      severity: 'warning',
      thresholds: { messages: natsThresholds.redelivered },
      summary: 'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} does not acknowledge.',
      description: text`{{ $value }} messages of {{ $labels.stream_name }} in {{ $labels.cluster }} were delivered to consumer {{ $labels.consumer_name }} more than once and are still not acknowledged. The alert fires above ${natsThresholds.redelivered} messages. The consumer fails to process these messages, or needs longer than ack_wait.`,
      dashboard: 'nats',
    },
  ],
});
