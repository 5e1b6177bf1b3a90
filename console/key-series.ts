import { alertmanagerMetrics } from '../metrics/definitions/alertmanager.ts';
import { batchPusherMetrics } from '../metrics/definitions/batch-pusher.ts';
import { jetStreamMetrics } from '../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../metrics/definitions/nats.ts';
import { nodeMetrics } from '../metrics/definitions/node.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { pushGroupMetrics, pushgatewayMetrics } from '../metrics/definitions/pushgateway.ts';
import { agentMetrics, remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { usdtMetrics } from '../metrics/definitions/usdt.ts';
import { lookback } from '../metrics/duration.ts';
import {
  count,
  type Expression,
  increase,
  max,
  range,
  rate,
  select,
  sub,
  sum,
  type Vector,
} from '../metrics/promql.ts';
import { type SourceName, sources } from '../sources/index.ts';
import type { KeySeries } from './topology.ts';

/** A query that returns one series. The page draws the series as a curve. */
export interface KeyExpression extends Pick<KeySeries, 'title' | 'unit'> {
  readonly expr: Expression;
}

const window = lookback('1m');
const perSecond = (counter: Vector): Vector => sum(rate(range(counter, window)));
const perMinute = (counter: Vector): Vector => sum(increase(range(counter, '1m')));

/** `cluster` distinguishes the targets of different edges, because these targets can have equal jobs. */
export interface TargetLabels {
  readonly job: string;
  readonly cluster?: string;
}

/** Curves that only one kind of source has, such as the active alerts of Alertmanager. */
const own: Partial<Record<SourceName, (target: TargetLabels) => readonly KeyExpression[]>> = {
  prometheus: ({ job }) => [
    {
      title: 'Samples stored',
      expr: perSecond(select(prometheusMetrics.samplesAppended, { job })),
      unit: 'suffix:samples/s',
    },
    {
      title: 'Active series',
      expr: sum(select(prometheusMetrics.headSeries, { job })),
      unit: 'suffix:series',
    },
    {
      title: 'HTTP requests',
      expr: perSecond(select(prometheusMetrics.httpRequests, { job })),
      unit: 'reqps',
    },
  ],
  alertmanager: () => [
    {
      title: 'Active alerts',
      expr: sum(select(alertmanagerMetrics.alerts, { state: 'active' })),
      unit: 'suffix:alerts',
    },
    {
      title: 'Notifications',
      expr: perMinute(select(alertmanagerMetrics.notifications)),
      unit: 'suffix:notifications/min',
    },
  ],
  pushgateway: () => [
    {
      title: 'Pushes',
      expr: perMinute(select(pushgatewayMetrics.requests, { handler: 'push' })),
      unit: 'suffix:pushes/min',
    },
    { title: 'Groups', expr: count(select(pushGroupMetrics.lastPush)), unit: 'suffix:groups' },
  ],
  nodeExporter: () => [
    {
      title: 'Busy processor cores',
      expr: sum(
        rate(
          range(select(nodeMetrics.cpuSeconds, { mode: { operator: '!~', value: 'idle|iowait' } }), window),
        ),
      ),
      unit: 'suffix:cores',
    },
    {
      title: 'Memory in use',
      expr: sum(sub(select(nodeMetrics.memoryTotal), select(nodeMetrics.memoryAvailable))),
      unit: 'bytes',
    },
  ],
  usdtExporter: () => [
    { title: 'VND per USDT', expr: max(select(usdtMetrics.rate)), unit: 'none' },
    {
      title: 'Failed refreshes',
      expr: perMinute(select(usdtMetrics.fetchErrors)),
      unit: 'suffix:errors/min',
    },
    { title: 'Offers', expr: sum(select(usdtMetrics.offers)), unit: 'suffix:offers' },
  ],
  batchPusher: () => [
    { title: 'Runs', expr: perMinute(select(batchPusherMetrics.etlRuns)), unit: 'suffix:runs/min' },
    {
      title: 'Pushes',
      expr: perMinute(select(batchPusherMetrics.pushes, { outcome: 'pushed' })),
      unit: 'suffix:pushes/min',
    },
  ],
  prometheusAgent: (target) => [
    {
      title: 'Samples sent',
      expr: perSecond(select(remoteWriteMetrics.sent, { ...target })),
      unit: 'suffix:samples/s',
    },
    {
      title: 'Samples waiting',
      expr: sum(select(remoteWriteMetrics.pending, { ...target })),
      unit: 'suffix:samples',
    },
    {
      title: 'Active series',
      expr: sum(select(agentMetrics.activeSeries, { ...target })),
      unit: 'suffix:series',
    },
  ],
};

/** The most important series of a target, such as its resident memory. */
export function keySeriesOf(source: SourceName, target: TargetLabels): readonly KeyExpression[] {
  const { metrics } = sources[source];
  const exposesMemory = Object.values<{ readonly name: string }>(metrics).some(
    ({ name }) => name === processMetrics.residentMemory.name,
  );
  return [
    ...(own[source]?.(target) ?? []),
    ...(exposesMemory
      ? [
          {
            title: 'Resident memory',
            expr: sum(select(processMetrics.residentMemory, { ...target })),
            unit: 'bytes',
          },
        ]
      : []),
    {
      title: 'Duration of a scrape',
      expr: max(select(targetMetrics.scrapeDuration, { ...target })),
      unit: 's',
    },
    {
      title: 'Samples of a scrape',
      expr: sum(select(targetMetrics.scrapeSamples, { ...target })),
      unit: 'suffix:samples',
    },
  ];
}

export function keySeriesOfNats(cluster: string): readonly KeyExpression[] {
  return [
    {
      title: 'Messages received',
      expr: perSecond(select(natsMetrics.inMsgs, { cluster })),
      unit: 'suffix:messages/s',
    },
    {
      title: 'Messages delivered',
      expr: perSecond(select(natsMetrics.outMsgs, { cluster })),
      unit: 'suffix:messages/s',
    },
    {
      title: 'Connections',
      expr: sum(select(natsMetrics.connections, { cluster })),
      unit: 'suffix:connections',
    },
    {
      title: 'Messages not yet delivered to consumers',
      expr: sum(select(jetStreamMetrics.consumerPending, { cluster })),
      unit: 'suffix:messages',
    },
    { title: 'Memory', expr: sum(select(natsMetrics.memory, { cluster })), unit: 'bytes' },
  ];
}
