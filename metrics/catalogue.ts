import type { MetricDefinition } from './definition.ts';
import { alertmanagerMetrics } from './definitions/alertmanager.ts';
import { batchMetrics } from './definitions/batch.ts';
import { batchPusherMetrics } from './definitions/batch-pusher.ts';
import { certManagerMetrics } from './definitions/cert-manager.ts';
import { jetStreamMetrics } from './definitions/jetstream.ts';
import { natsMetrics } from './definitions/nats.ts';
import { nodeMetrics } from './definitions/node.ts';
import { processMetrics } from './definitions/process.ts';
import { prometheusMetrics } from './definitions/prometheus.ts';
import { pushGroupMetrics, pushgatewayMetrics } from './definitions/pushgateway.ts';
import { recorded } from './definitions/recorded.ts';
import { agentMetrics, remoteWriteMetrics } from './definitions/remote-write.ts';
import { targetMetrics } from './definitions/target.ts';
import { usdtMetrics } from './definitions/usdt.ts';

/** Every metric that we expose or rely on, by what exposes it. */
export const catalogue = {
  nats: { ...natsMetrics, ...jetStreamMetrics },
  usdtExporter: { ...usdtMetrics, ...processMetrics },
  batchPusher: { ...batchPusherMetrics, ...processMetrics },
  pushgateway: { ...pushgatewayMetrics, ...pushGroupMetrics, startTime: processMetrics.startTime },
  batch: batchMetrics,
  agent: { ...agentMetrics, ...remoteWriteMetrics },
  prometheus: prometheusMetrics,
  alertmanager: alertmanagerMetrics,
  node: nodeMetrics,
  certManager: certManagerMetrics,
  scrape: targetMetrics,
  rules: recorded,
} as const satisfies Record<string, Readonly<Record<string, MetricDefinition>>>;

export type SourceName = keyof typeof catalogue;

const definitions: ReadonlyMap<string, MetricDefinition> = new Map(
  Object.values(catalogue)
    .flatMap((metrics): readonly MetricDefinition[] => Object.values(metrics))
    .flatMap((metric) => seriesNames(metric).map((name) => [name, metric] as const)),
);

/** The definition behind a series' name, a histogram's parts included. */
export function definitionOf(name: string): MetricDefinition | undefined {
  return definitions.get(name);
}

function seriesNames({ name, type }: MetricDefinition): readonly string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
