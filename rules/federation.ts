import { natsMetrics } from '../metrics/definitions/nats.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { agentMetrics, remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type Duration, lookback, pending } from '../metrics/duration.ts';
import {
  add,
  and,
  constant,
  div,
  eq,
  group,
  gt,
  increase,
  max,
  maxOverTime,
  not,
  offset,
  or,
  range,
  rate,
  select,
  sub,
  subquery,
  sum,
  time,
  timestamp,
  unless,
  type Vector,
} from '../metrics/promql.ts';
import { type Expected, jobs } from '../sources/index.ts';
import { type RecordingRule, ruleGroup } from './rule.ts';
import { agentJobs } from './selectors.ts';
import { text } from './text.ts';
import { duration, limit, ratio } from './threshold.ts';

const window = lookback('5m');
const quarter = lookback('15m');
const hour = lookback('1h');
/**
 * An agent looks for damaged records in its write-ahead log only every two hours.
 * In production, the time window of the alert `AgentWalDamaged` must be longer than two hours.
 */
const betweenSearches = lookback('3h');
const ofAgents = { job: agentJobs } as const;

/** The rules search this far back for the newest sample of a silent cluster. */
const memory: Duration = { production: '1d', laptop: '30m' };
/** A subquery with a longer step than the lookback delta of Prometheus would miss samples. */
const step: Duration = { production: '5m', laptop: '25s' };

const ofCluster = ['cluster'] as const;

export const federationThresholds = {
  silence: duration({ production: '3m', laptop: '20s' }, '1m', '1h'),
  lag: duration({ production: '2m', laptop: '20s' }, '30s', '1h'),
  refused: ratio(0.01, 0.0001, 0.5),
} as const;

/** Age of each cluster's newest sample, in seconds. Samples older than `memory` give no result. */
function ageOfNewest<L extends string>(series: Vector<L | 'cluster'>) {
  const age = sub(
    time(),
    or(
      max(timestamp(series), ofCluster),
      max(maxOverTime(subquery(timestamp(series), memory, step)), ofCluster),
    ),
  );
  // `and` leaves out removed clusters. Prometheus still has old samples of removed clusters.
  return and(age, select(recorded.configured), { on: ofCluster });
}

const configured = ({ primaryCluster, federatedClusters }: Expected): readonly RecordingRule[] =>
  [
    { cluster: primaryCluster, role: 'central' },
    ...federatedClusters.map((cluster) => ({ cluster, role: 'edge' })),
  ].map((labels) => ({ record: recorded.configured, expr: constant(1), labels }));

const edges = select(recorded.configured, { role: 'edge' });
/** Edges configured for at least 15 minutes. A newer edge is perhaps not deployed yet. */
const settledEdges = group(and(edges, offset(edges, quarter)), ofCluster);

const { sent, failed, dropped, highest, highestSent, shardsDesired, shardsMax, retried } = remoteWriteMetrics;
const { tooOldSamples, outOfBoundSamples, outOfOrderSamples } = prometheusMetrics;
const central = { job: jobs.prometheus } as const;
const lost = { ...ofAgents, reason: not('dropped_series') } as const;

const remoteWriteLag = max(
  sub(
    maxOverTime(range(select(highest, ofAgents), window)),
    maxOverTime(range(select(highestSent, ofAgents), window)),
  ),
  ['cluster', 'environment', 'remote_name'],
);

export const federationRules = (expected: Expected) =>
  ruleGroup({
    name: 'federation',
    recording: [
      ...configured(expected),
      { record: recorded.silence, expr: ageOfNewest(select(targetMetrics.up, { cluster: not('') })) },
      { record: recorded.dataAge, expr: ageOfNewest(select(natsMetrics.connections, { cluster: not('') })) },
      { record: recorded.remoteWriteLag, expr: remoteWriteLag },
    ],
    alerting: [
      {
        alert: 'EdgeClusterSilent',
        expr: or(
          // The value of this operand is the age of the newest sample in seconds.
          gt(and(select(recorded.silence), edges, { on: ofCluster }), limit(federationThresholds.silence)),
          // For an edge without recent samples, the value 1 selects a different alert text.
          unless(settledEdges, select(recorded.silence), { on: ofCluster }),
        ),
        // When the laptop wakes up, all samples are old until the agents send new samples.
        for: { production: '1m', laptop: '15s' },
        severity: 'critical',
        thresholds: { silence: federationThresholds.silence },
        windows: [quarter],
        summary:
          'Cluster {{ $labels.cluster }} has sent no samples{{ if gt $value 1.0 }} for {{ $value | humanizeDuration }}{{ end }}.',
        description:
          '{{ if gt $value 1.0 }}The newest sample of edge {{ $labels.cluster }} is {{ $value | humanizeDuration }} old{{ else }}The configuration names edge {{ $labels.cluster }}, and Prometheus has no recent sample of this edge{{ end }}. Its agent is down, or cannot reach the receiver. An agent that still runs keeps its samples and sends them later, unless the receiver refuses them with a status 4xx. Until samples arrive, no other alert on this cluster can fire.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'RemoteWriteBehind',
        expr: gt(select(recorded.remoteWriteLag), limit(federationThresholds.lag)),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { lag: federationThresholds.lag },
        summary: 'Remote write of {{ $labels.cluster }} is {{ $value | humanizeDuration }} behind.',
        description: text`The newest sample that the agent of {{ $labels.cluster }} has sent is {{ $value | humanizeDuration }} older than the newest sample that it has scraped. The alert fires above ${federationThresholds.lag}. Alerts on this cluster fire late by the same time.`,
        dashboard: 'multi-cluster',
      },
      {
        alert: 'RemoteWriteFailing',
        // The counter `sent` also counts the refused samples.
        expr: gt(
          div(rate(range(select(failed, ofAgents), window)), rate(range(select(sent, ofAgents), window))),
          limit(federationThresholds.refused),
        ),
        for: pending('10m'),
        severity: 'critical',
        thresholds: { refused: federationThresholds.refused },
        windows: [window],
        summary:
          'The receiver refuses {{ $value | humanizePercentage }} of the samples of {{ $labels.cluster }}.',
        description: text`The receiver {{ $labels.remote_name }} refuses {{ $value | humanizePercentage }} of the samples of {{ $labels.cluster }} with a permanent error. The alert fires above ${federationThresholds.refused}. The agent does not send them again.`,
        dashboard: 'multi-cluster',
      },
      {
        alert: 'RemoteWriteRetrying',
        expr: gt(rate(range(select(retried, ofAgents), window)), 0),
        for: pending('15m'),
        severity: 'warning',
        windows: [window],
        summary: 'Remote write of {{ $labels.cluster }} keeps retrying.',
        description:
          'The agent of {{ $labels.cluster }} sends {{ $value | humanize }} samples a second again, because {{ $labels.remote_name }} answers with temporary errors (5xx, 429, time-outs). No sample is lost until the buffer of the agent is full.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'RemoteWriteShardsSaturated',
        expr: gt(select(shardsDesired, ofAgents), select(shardsMax, ofAgents)),
        for: pending('15m'),
        severity: 'warning',
        summary:
          'Remote write of {{ $labels.cluster }} needs {{ $value | humanize }} shards, more than its limit.',
        description:
          'The agent of {{ $labels.cluster }} needs {{ $value | humanize }} shards to keep up with {{ $labels.remote_name }}, and max_shards is lower. The agent sends samples late, and the delay grows. The agent drops samples that are older than the setting outage of the edge.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'RemoteWriteSamplesDropped',
        // The agent exports the counter only after the first loss. `increase` ignores the start value of a new counter.
        expr: or(
          gt(increase(range(select(dropped, lost), quarter)), 0),
          unless(gt(select(dropped, lost), 0), offset(select(dropped, lost), quarter)),
        ),
        severity: 'critical',
        windows: [quarter],
        summary: 'The agent of {{ $labels.cluster }} has lost samples: {{ $labels.reason }}.',
        description:
          'The agent of {{ $labels.cluster }} dropped {{ $value | humanize }} samples and did not send them. The reason is {{ $labels.reason }}. These samples are missing in the central Prometheus.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'OutOfOrderSamplesRejected',
        expr: gt(
          add(
            sum(increase(range(select(tooOldSamples, central), quarter)), ['instance']),
            add(
              sum(increase(range(select(outOfBoundSamples, central), quarter)), ['instance']),
              sum(increase(range(select(outOfOrderSamples, central), quarter)), ['instance']),
            ),
          ),
          0,
        ),
        severity: 'warning',
        windows: [quarter],
        summary: 'The central Prometheus refuses samples that arrive too late.',
        description: text`{{ $labels.instance }} refused {{ $value | humanize }} samples within ${quarter} as too old or out of order. An agent was cut off for longer than the out-of-order window, or two senders write the same series.`,
        dashboard: 'multi-cluster',
      },
      {
        alert: 'AgentConfigReloadFailed',
        expr: eq(select(prometheusMetrics.configReloaded, ofAgents), 0),
        for: pending('10m'),
        severity: 'warning',
        summary: 'The agent of {{ $labels.cluster }} could not load its configuration.',
        description:
          'The agent {{ $labels.instance }} of {{ $labels.cluster }} runs with its earlier configuration. After a restart, the agent cannot start with the new configuration.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'AgentWalDamaged',
        expr: or(
          gt(increase(range(select(agentMetrics.corruptions, ofAgents), betweenSearches)), 0),
          gt(increase(range(select(prometheusMetrics.walWritesFailed, ofAgents), hour)), 0),
        ),
        severity: 'warning',
        windows: [betweenSearches, hour],
        summary: 'The write-ahead log of the agent of {{ $labels.cluster }} is damaged.',
        description:
          'The write-ahead log of agent {{ $labels.instance }} in {{ $labels.cluster }} is corrupt, or the agent could not write to the log. Samples that the agent has not sent yet may be lost. The disk may be full or failing.',
        dashboard: 'multi-cluster',
      },
    ],
  });
