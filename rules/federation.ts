import { natsMetrics } from '../metrics/definitions/nats.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { agentMetrics, remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type Duration, lookback, pending } from '../metrics/duration.ts';
import {
  above,
  add,
  and,
  constant,
  divide,
  equal,
  group,
  increase,
  inSeconds,
  max,
  maxOverTime,
  not,
  offset,
  or,
  over,
  rate,
  resampled,
  select,
  subtract,
  sum,
  time,
  timestamp,
  unless,
  type Vector,
} from '../metrics/promql.ts';
import { type Expected, jobs } from '../sources/index.ts';
import type { RecordingRule, RuleGroup } from './rule.ts';
import { agentJobs } from './selectors.ts';

const window = lookback('5m');
const quarter = lookback('15m');
const ofAgents = { job: agentJobs } as const;

/** How long a cluster is remembered after its last sample. */
const memory: Duration = { production: '1d', laptop: '30m' };
/** No longer than an instant query looks back, so that no sample falls between two steps. */
const step: Duration = { production: '5m', laptop: '25s' };

const ofCluster = ['cluster'] as const;

/** Age of each configured cluster's newest sample, also long after the samples have ended. */
function ageOfNewest<L extends string>(series: Vector<L | 'cluster'>) {
  const age = subtract(
    time(),
    or(
      max(timestamp(series), ofCluster),
      max(maxOverTime(resampled(timestamp(series), memory, step)), ofCluster),
    ),
  );
  // A cluster that was removed on purpose has old samples too.
  return and(age, select(recorded.configured), { on: ofCluster });
}

/** One series for each cluster of the configuration. */
const configured = ({ primaryCluster, federatedClusters }: Expected): readonly RecordingRule[] =>
  [
    { cluster: primaryCluster, role: 'central' },
    ...federatedClusters.map((cluster) => ({ cluster, role: 'edge' })),
  ].map((labels) => ({ record: recorded.configured, expr: constant(1), labels }));

const edges = select(recorded.configured, { role: 'edge' });
/** Edges that the configuration has named for a quarter of an hour, the time of a deployment. */
const settledEdges = group(and(edges, offset(edges, quarter)), ofCluster);

const { sent, failed, dropped, highest, highestSent, shardsDesired, shardsMax, retried } = remoteWriteMetrics;
const { tooOldSamples, outOfBoundSamples, outOfOrderSamples } = prometheusMetrics;
const central = { job: jobs.prometheus } as const;
const lost = { ...ofAgents, reason: not('dropped_series') } as const;

const remoteWriteLag = max(
  subtract(
    maxOverTime(over(select(highest, ofAgents), window)),
    maxOverTime(over(select(highestSent, ofAgents), window)),
  ),
  ['cluster', 'environment', 'remote_name'],
);

/** Whether the edge clusters' samples arrive, all of them and soon. */
export const federationRules = (expected: Expected): RuleGroup => ({
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
      // The central cluster is scraped from here: each of its targets has an alert of its own. The value 1 marks an
      // edge without any sample; a silence that fires is at least 20 s.
      expr: or(
        above(
          and(select(recorded.silence), edges, { on: ofCluster }),
          inSeconds({ production: '3m', laptop: '20s' }),
        ),
        unless(settledEdges, select(recorded.silence), { on: ofCluster }),
      ),
      // A laptop that was off finds every sample old, until each cluster has been scraped and has sent.
      for: { production: '1m', laptop: '15s' },
      severity: 'critical',
      summary:
        'Cluster {{ $labels.cluster }} has sent nothing{{ if gt $value 1.0 }} for {{ $value | humanizeDuration }}{{ end }}.',
      description:
        '{{ if gt $value 1.0 }}The newest sample of edge {{ $labels.cluster }} is {{ $value | humanizeDuration }} old{{ else }}The configuration names edge {{ $labels.cluster }}, and Prometheus has no recent sample of it{{ end }}: its agent is down, or the connection to the central Prometheus is cut. An agent that still runs keeps its samples and sends them later. Until then no alert on that cluster can fire.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'RemoteWriteBehind',
      expr: above(select(recorded.remoteWriteLag), inSeconds({ production: '2m', laptop: '20s' })),
      for: pending('10m'),
      severity: 'warning',
      summary: 'Remote write of {{ $labels.cluster }} is {{ $value | humanizeDuration }} behind.',
      description:
        'The agent of {{ $labels.cluster }} has sent samples only up to {{ $value | humanizeDuration }} before its newest. Alerts on that cluster come that much later.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'RemoteWriteFailing',
      expr: above(
        divide(
          rate(over(select(failed, ofAgents), window)),
          add(rate(over(select(failed, ofAgents), window)), rate(over(select(sent, ofAgents), window))),
        ),
        0.01,
      ),
      for: pending('10m'),
      severity: 'critical',
      summary:
        'The receiver refuses {{ $value | humanizePercentage }} of the samples of {{ $labels.cluster }}.',
      description:
        '{{ $value | humanizePercentage }} of the samples that the agent of {{ $labels.cluster }} sends to {{ $labels.remote_name }} are refused for good. They are not sent again.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'RemoteWriteRetrying',
      expr: above(rate(over(select(retried, ofAgents), window)), 0),
      for: pending('15m'),
      severity: 'warning',
      summary: 'Remote write of {{ $labels.cluster }} has to try again and again.',
      description:
        'The agent of {{ $labels.cluster }} sends {{ $value | humanize }} samples a second once more, because {{ $labels.remote_name }} answers with errors that may pass (5xx, 429, time-outs). Nothing is lost as long as the buffer lasts.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'RemoteWriteShardsSaturated',
      expr: above(select(shardsDesired, ofAgents), select(shardsMax, ofAgents)),
      for: pending('15m'),
      severity: 'warning',
      summary:
        'Remote write of {{ $labels.cluster }} wants {{ $value | humanize }} shards, more than it may have.',
      description:
        'The agent of {{ $labels.cluster }} would need {{ $value | humanize }} shards to keep up with {{ $labels.remote_name }}; max_shards is lower. It falls behind, and what grows older than its buffer is lost.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'RemoteWriteSamplesDropped',
      // The counter begins with the first loss, when there is nothing yet to increase from.
      expr: or(
        above(increase(over(select(dropped, lost), quarter)), 0),
        unless(above(select(dropped, lost), 0), offset(select(dropped, lost), quarter)),
      ),
      severity: 'critical',
      summary: 'The agent of {{ $labels.cluster }} has lost samples: {{ $labels.reason }}.',
      description:
        'The agent of {{ $labels.cluster }} dropped {{ $value | humanize }} samples before sending them, reason {{ $labels.reason }}. That part of the history is missing in the central Prometheus.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'OutOfOrderSamplesRejected',
      expr: above(
        add(
          sum(increase(over(select(tooOldSamples, central), quarter)), ['instance']),
          add(
            sum(increase(over(select(outOfBoundSamples, central), quarter)), ['instance']),
            sum(increase(over(select(outOfOrderSamples, central), quarter)), ['instance']),
          ),
        ),
        0,
      ),
      severity: 'warning',
      summary: 'The central Prometheus refuses samples that come too late.',
      description:
        '{{ $labels.instance }} refused {{ $value | humanize }} samples as too old or out of order. An agent was cut off for longer than the out-of-order window, or two senders write the same series.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'AgentConfigReloadFailed',
      expr: equal(select(prometheusMetrics.configReloaded, ofAgents), 0),
      for: pending('10m'),
      severity: 'warning',
      summary: 'The agent of {{ $labels.cluster }} could not load its configuration.',
      description:
        'The agent {{ $labels.instance }} of {{ $labels.cluster }} goes on with its earlier configuration. It will not start again with this one.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'AgentWalDamaged',
      expr: or(
        above(increase(over(select(agentMetrics.corruptions, ofAgents), lookback('1h'))), 0),
        above(increase(over(select(prometheusMetrics.walWritesFailed, ofAgents), lookback('1h'))), 0),
      ),
      severity: 'warning',
      summary: 'The write-ahead log of the agent of {{ $labels.cluster }} is damaged.',
      description:
        'The agent {{ $labels.instance }} of {{ $labels.cluster }} found its write-ahead log corrupt or could not write it. Samples that were not sent yet may be lost; its disk may be full or failing.',
      dashboard: 'multi-cluster',
    },
  ],
});
