import { expect, it } from 'vitest';
import { batchJob, clusters, etlDagId } from '../../config/topology.ts';
import { alertmanagerMetrics } from '../../metrics/definitions/alertmanager.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { certManagerMetrics } from '../../metrics/definitions/cert-manager.ts';
import { jetStreamMetrics } from '../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { processMetrics } from '../../metrics/definitions/process.ts';
import { pushGroupMetrics } from '../../metrics/definitions/pushgateway.ts';
import { remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { prometheusRules } from '../../rules/index.ts';
import { type Expected, expectedOnLaptop, jobs } from '../../sources/index.ts';
import { type InputSeries, series } from './case.ts';
import { promtool } from './play.ts';

/* An operator removes an object from the system and from the configuration. Then no alert may fire. */

const { play } = promtool();

/** Length of the test series in steps. One step is one minute. */
const steps = 75;
const removedAt = 30;

interface Shape {
  readonly steady: (value: number) => string;
  readonly rising: (by: number) => string;
}
const stays: Shape = {
  steady: (value) => `${value}x${steps}`,
  rising: (by) => `0+${by}x${steps}`,
};
/** A series ends with a stale marker if the configuration of Prometheus no longer has the target. */
const removed: Shape = {
  steady: (value) => `${value}x${removedAt} stale`,
  rising: (by) => `0+${by}x${removedAt} stale`,
};
/** A series ends without a stale marker if the network between agent and central Prometheus fails. */
const cutOff: Shape = {
  steady: (value) => `${value}x${removedAt}`,
  rising: (by) => `0+${by}x${removedAt}`,
};

const target = (labels: Readonly<Record<string, string>>, { steady }: Shape): readonly InputSeries[] => [
  series(targetMetrics.up, labels, steady(1)),
  series(targetMetrics.scrapeDuration, labels, steady(0.1)),
];

function nats(
  cluster: { readonly cluster: string; readonly environment: string },
  job: string,
  shape: Shape,
) {
  const { steady, rising } = shape;
  const labels = { ...cluster, job, instance: `${cluster.cluster}:7777`, server_id: 'N' };
  const { server_id: _server, ...targetLabels } = labels;
  const consumer = {
    ...labels,
    account: 'A',
    stream_name: 'ORDERS',
    consumer_name: 'billing',
    is_stream_leader: 'true',
    is_consumer_leader: 'true',
  };
  return [
    ...target(targetLabels, shape),
    series(natsMetrics.connections, labels, steady(3)),
    series(natsMetrics.maxConnections, labels, steady(1000)),
    series(natsMetrics.reportedConnections, labels, steady(3)),
    series(natsMetrics.inMsgs, labels, rising(3000)),
    series(natsMetrics.start, labels, steady(-9e7)),
    series(jetStreamMetrics.disabled, { ...labels, server_name: 'n' }, steady(0)),
    series(jetStreamMetrics.streamLastSeq, consumer, rising(300)),
    series(jetStreamMetrics.consumerPending, consumer, steady(5)),
    series(jetStreamMetrics.consumerDeliveredSeq, consumer, rising(300)),
  ];
}

function edge(shape: Shape): readonly InputSeries[] {
  const agent = { ...clusters.edge, job: jobs.prometheusAgent, instance: 'agent:9095' };
  const queue = { ...agent, remote_name: 'central', url: 'u' };
  return [
    ...nats(clusters.edge, jobs.edgeNatsExporter, shape),
    ...target(agent, shape),
    series(remoteWriteMetrics.sent, queue, shape.rising(100)),
    series(remoteWriteMetrics.failed, queue, shape.steady(0)),
    series(remoteWriteMetrics.highest, queue, shape.rising(60)),
    series(remoteWriteMetrics.highestSent, queue, shape.rising(60)),
    series(remoteWriteMetrics.dropped, { ...queue, reason: 'too_old' }, shape.steady(7)),
  ];
}

function usdt(labels: Readonly<Record<string, string>>, shape: Shape): readonly InputSeries[] {
  const ofExporter = { job: jobs.usdtExporter, ...labels };
  return [
    series(usdtMetrics.up, ofExporter, shape.steady(1)),
    series(usdtMetrics.rate, ofExporter, shape.rising(1).replace(/^0/, '26000')),
    series(usdtMetrics.lastUpdate, ofExporter, shape.rising(60)),
    series(usdtMetrics.offers, { ...ofExporter, side: 'buy' }, shape.steady(10)),
  ];
}

function batch(
  group: { readonly job: string; readonly dag_id?: string },
  { steady, rising }: Shape,
): readonly InputSeries[] {
  return [
    series(pushGroupMetrics.lastPush, group, rising(60)),
    series(pushGroupMetrics.lastFailure, group, steady(0)),
    series(batchMetrics.success, group, steady(1)),
    series(batchMetrics.lastSuccess, group, rising(60)),
    series(batchMetrics.durationSeconds, group, steady(5)),
    series(batchMetrics.extracted, group, steady(1000)),
    series(batchMetrics.transformed, group, steady(950)),
    series(batchMetrics.loaded, group, steady(950)),
  ];
}

const scraped = (job: string, shape: Shape = stays) => target({ job, instance: `${job}:1` }, shape);

const certificate = ({ steady }: Shape, name: string): readonly InputSeries[] => {
  const labels = { job: jobs.certManager, namespace: 'airflow-3', name };
  return [
    series(certManagerMetrics.ready, { ...labels, condition: 'False' }, steady(0)),
    series(certManagerMetrics.expiration, labels, steady(9e6)),
    series(certManagerMetrics.renewal, labels, steady(6e6)),
  ];
};

const ownBatch = { job: batchJob, dag_id: etlDagId } as const;

const pipeline = {
  central: [
    ...scraped(jobs.prometheus),
    ...scraped(jobs.nodeExporter),
    ...scraped(jobs.pushgateway),
    series(
      processMetrics.startTime,
      { job: jobs.pushgateway, instance: `${jobs.pushgateway}:1` },
      `-9000x${steps}`,
    ),
    ...scraped(jobs.alertmanager),
    series(
      alertmanagerMetrics.notifications,
      { job: jobs.alertmanager, instance: 'a', integration: 'slack' },
      stays.rising(1),
    ),
  ],
  nats: nats(clusters.primary, jobs.natsExporter, stays),
  usdt: [...scraped(jobs.usdtExporter), ...usdt({ instance: `${jobs.usdtExporter}:1` }, stays)],
  batchPusher: scraped(jobs.batchPusher),
  certManager: [...scraped(jobs.certManager), ...certificate(stays, 'prometheus-tls')],
  edge: edge(stays),
  batch: batch(ownBatch, stays),
} as const satisfies Record<string, readonly InputSeries[]>;

const configuration: Expected = { ...expectedOnLaptop, supportJobs: [jobs.certManager] };
const without = (job: string, list: readonly string[]) => list.filter((one) => one !== job);
const { centralJobs } = configuration;

const removals: readonly {
  readonly object: string;
  readonly expected: Partial<Expected>;
  readonly series: Partial<Record<keyof typeof pipeline, readonly InputSeries[]>>;
}[] = [
  {
    object: 'an edge',
    expected: { federatedJobs: [], federatedClusters: [] },
    series: { edge: edge(cutOff) },
  },
  {
    object: 'an edge whose agent sent stale markers',
    expected: { federatedJobs: [], federatedClusters: [] },
    series: { edge: edge(removed) },
  },
  {
    object: 'the former label of an edge',
    expected: { federatedClusters: ['renamed'] },
    series: {
      edge: [
        ...edge(cutOff),
        ...edge(stays).map((one) => ({
          series: one.series.replace(`"${clusters.edge.cluster}"`, '"renamed"'),
          values: one.values,
        })),
      ],
    },
  },
  {
    object: 'the USDT exporter (replaced by a function that pushes the rate)',
    expected: { centralJobs: without(jobs.usdtExporter, centralJobs) },
    series: {
      usdt: [
        ...scraped(jobs.usdtExporter, removed),
        ...usdt({ instance: `${jobs.usdtExporter}:1` }, removed),
        ...usdt({}, stays),
      ],
    },
  },
  {
    object: 'the function that pushes the rate (replaced by an exporter)',
    expected: {},
    series: {
      usdt: [
        ...pipeline.usdt,
        // The Pushgateway still exposes the last samples. `usdt_vnd_up` is 0: the last refresh failed.
        series(usdtMetrics.up, { job: jobs.usdtExporter }, stays.steady(0)),
        series(usdtMetrics.lastUpdate, { job: jobs.usdtExporter }, stays.steady(0)),
        series(usdtMetrics.offers, { job: jobs.usdtExporter, side: 'buy' }, stays.steady(2)),
      ],
    },
  },
  {
    object: 'the batch-pusher',
    expected: { centralJobs: without(jobs.batchPusher, centralJobs) },
    series: { batchPusher: scraped(jobs.batchPusher, removed) },
  },
  {
    object: 'the group of another team’s job',
    expected: {},
    series: { batch: [...pipeline.batch, ...batch({ job: 'payroll' }, removed)] },
  },
  {
    object: 'cert-manager',
    expected: { supportJobs: [] },
    series: {
      certManager: [...scraped(jobs.certManager, removed), ...certificate(removed, 'prometheus-tls')],
    },
  },
  {
    object: 'a certificate',
    expected: {},
    series: { certManager: [...pipeline.certManager, ...certificate(removed, 'edge-branch-client-tls')] },
  },
];

function scenario(name: string, expected: Partial<Expected>, input: readonly InputSeries[]) {
  const { groups } = prometheusRules({
    chartRules: false,
    expected: { ...configuration, ...expected },
    batchPeriod: '1h',
  });
  return {
    name,
    rules: { groups },
    test: (ruleFile: string) => ({
      rule_files: [ruleFile],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: input,
          promql_expr_test: ['33m', '36m', '40m', '50m', '1h', '1h15m'].map((at) => ({
            expr: 'ALERTS{alertstate="firing"}',
            eval_time: at,
            exp_samples: [],
          })),
        },
      ],
    }),
  };
}

it.each(removals)(
  'no alert fires after the planned removal of $object',
  async ({ object, expected, series }) => {
    const input = Object.values({ ...pipeline, ...series }).flat();
    expect(await play([scenario(object.replaceAll(/\W+/g, '-'), expected, input)])).toBe('');
  },
);

it('an alert fires for a component that has stopped but is still in the configuration', async () => {
  const input = Object.values({
    ...pipeline,
    edge: edge(cutOff),
    batchPusher: scraped(jobs.batchPusher, removed),
  });
  const said = await play([scenario('not-on-purpose', {}, input.flat())]);
  expect(said).toContain('alertname="EdgeClusterSilent"');
  expect(said).toContain('alertname="TargetMissing"');
  expect(said).toContain('alertname="FreshnessSloBurningFast"');
}, 60_000);
