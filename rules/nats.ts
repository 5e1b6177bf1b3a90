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
  inSeconds,
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
import type { RuleGroup } from './rule.ts';
import { natsJobs, nearTimeout } from './selectors.ts';

const perCluster = ['cluster', 'environment'] as const;
const perStream = [...perCluster, 'account', 'stream_name'] as const;
const perConsumer = [...perStream, 'consumer_name'] as const;
const window = lookback('5m');
const quarter = lookback('15m');
const hour = lookback('1h');
// Followers report too, a little behind.
const ofStreamLeader = { is_stream_leader: 'true' } as const;
const ofConsumerLeader = { is_consumer_leader: 'true' } as const;

const pendingMessages = max(select(jetStreamMetrics.consumerPending, ofConsumerLeader), perConsumer);
const growth = max(rate(range(select(jetStreamMetrics.streamLastSeq, ofStreamLeader), window)), perStream);

/** Whether NATS serves its clients, in every cluster. */
export const natsRules: RuleGroup = {
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
      // Not by `varz`: the exporter repeats its last values when the server has ended. While the server hangs, the
      // exporter waits for it and each scrape times out (measured with SIGSTOP).
      expr: or(
        unless(eq(select(targetMetrics.up, { job: natsJobs }), 1), select(natsMetrics.reportedConnections), {
          on: ['cluster', 'job', 'instance'],
        }),
        and(
          eq(select(targetMetrics.up, { job: natsJobs }), 0),
          gt(select(targetMetrics.scrapeDuration, { job: natsJobs }), inSeconds(nearTimeout)),
        ),
      ),
      // The chart's liveness probe restarts a server that hangs after 125 s at the earliest. This alert fires before.
      for: pending('1m'),
      severity: 'critical',
      summary: 'A NATS server of {{ $labels.cluster }} is down or hangs.',
      description:
        'The NATS server behind {{ $labels.instance }} does not answer: it has ended, or it hangs and its exporter waits for it. Clients of {{ $labels.cluster }} cannot publish there. The nats_varz series keep their last values and mean nothing.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsServerRestarted',
      expr: and(
        lt(sub(time(), div(select(natsMetrics.start), 1000)), inSeconds(quarter)),
        group(offset(select(targetMetrics.up, { job: natsJobs }), quarter), ['cluster', 'job']),
        { on: ['cluster', 'job'] },
      ),
      severity: 'info',
      summary: 'A NATS server of {{ $labels.cluster }} restarted.',
      description:
        'The server behind {{ $labels.instance }} started {{ $value | humanizeDuration }} ago. Its clients had to reconnect; messages outside JetStream that were under way are lost.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsSlowConsumers',
      expr: gt(increase(range(select(natsMetrics.slowConsumers), quarter)), 0),
      severity: 'warning',
      summary: 'NATS of {{ $labels.cluster }} cuts off slow consumers.',
      description:
        '{{ $value | humanize }} clients of {{ $labels.instance }} were cut off, because they read more slowly than messages came. What was queued for them outside JetStream is lost.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsConnectionsNearLimit',
      expr: gt(div(select(natsMetrics.connections), select(natsMetrics.maxConnections)), 0.8),
      for: pending('5m'),
      severity: 'warning',
      summary:
        'NATS of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its connections in use.',
      description:
        '{{ $labels.instance }} has {{ $value | humanizePercentage }} of max_connections open. At the limit, new clients are turned away.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsTrafficStopped',
      expr: and(
        lt(select(recorded.inMsgs), mul(0.05, avgOverTime(range(select(recorded.inMsgs), hour)))),
        gt(avgOverTime(range(select(recorded.inMsgs), hour)), 1),
      ),
      for: pending('5m'),
      severity: 'warning',
      summary: 'Hardly any messages reach NATS of {{ $labels.cluster }}.',
      description:
        '{{ $labels.cluster }} receives {{ $value | humanize }} messages a second, less than a twentieth of its mean over the last hour. Publishers have stopped or cannot reach it.',
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamStorageNearLimit',
      expr: gt(
        div(select(natsMetrics.jetStreamStorage), gt(select(natsMetrics.jetStreamMaxStorage), 0)),
        0.85,
      ),
      for: pending('10m'),
      severity: 'critical',
      summary:
        'JetStream of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its file storage in use.',
      description:
        '{{ $labels.instance }} uses {{ $value | humanizePercentage }} of max_file_store. When it is full, JetStream refuses every publish.',
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamMemoryNearLimit',
      expr: gt(div(select(natsMetrics.jetStreamMemory), gt(select(natsMetrics.jetStreamMaxMemory), 0)), 0.85),
      for: pending('10m'),
      severity: 'warning',
      summary:
        'JetStream of {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its memory storage in use.',
      description:
        '{{ $labels.instance }} uses {{ $value | humanizePercentage }} of max_memory_store. When it is full, publishes into memory streams are refused.',
      dashboard: 'nats',
    },
    {
      alert: 'JetStreamDisabled',
      expr: eq(select(jetStreamMetrics.disabled), 1),
      for: pending('1m'),
      severity: 'critical',
      summary: 'JetStream is off on {{ $labels.server_name }} of {{ $labels.cluster }}.',
      description:
        '{{ $labels.server_name }} runs without JetStream: it was switched off in the configuration or the server gave it up because its storage failed. Streams have a replica less, or are gone.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsConsumerLagging',
      expr: gt(select(recorded.consumerLag), 300),
      for: pending('10m'),
      severity: 'warning',
      summary:
        'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} is {{ $value | humanizeDuration }} behind.',
      description:
        'At the rate at which stream {{ $labels.stream_name }} in {{ $labels.cluster }} grows, the backlog of {{ $labels.consumer_name }} is {{ $value | humanizeDuration }} of messages. What the stream’s limits discard before it is read is lost to the consumer.',
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
      summary: 'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} takes no messages.',
      description:
        '{{ $value | humanize }} messages of {{ $labels.stream_name }} in {{ $labels.cluster }} wait for {{ $labels.consumer_name }}, and none was delivered of late: nobody asks for them, or max_ack_pending is reached.',
      dashboard: 'nats',
    },
    {
      alert: 'NatsConsumerRedelivering',
      expr: gt(max(select(jetStreamMetrics.consumerRedelivered, ofConsumerLeader), perConsumer), 10),
      for: pending('15m'),
      severity: 'warning',
      summary: 'Consumer {{ $labels.consumer_name }} of {{ $labels.stream_name }} does not acknowledge.',
      description:
        '{{ $value }} messages of {{ $labels.stream_name }} in {{ $labels.cluster }} were delivered to {{ $labels.consumer_name }} more than once and are still not acknowledged: it fails on them or takes longer than ack_wait.',
      dashboard: 'nats',
    },
  ],
};
