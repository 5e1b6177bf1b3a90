import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { namespaces } from '../../../config/topology.ts';
import type { Connection } from '../../../console/index.ts';
import type { MetricDefinition } from '../../../metrics/definition.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { div, select, sum } from '../../../metrics/promql.ts';
import { sources } from '../../../sources/index.ts';
import { address } from '../../network.ts';
import type { Settings } from '../../settings.ts';
import { members, readMethod, thanosJobs } from './members.ts';

const { thanosRouter, thanosIngester, thanosQuery, thanosRuler } = sources;
const { grpcHandled } = thanosConnectionMetrics;

/**
 * Of the Thanos metrics, Prometheus stores only `grpcHandled` and this list.
 * Each Thanos program exposes about a thousand series.
 */
const stored = [
  ...new Set(
    [thanosRouter, thanosIngester, thanosQuery, thanosRuler]
      .flatMap(({ metrics }): readonly MetricDefinition[] => Object.values(metrics))
      .filter(({ name }) => name !== grpcHandled.name)
      .flatMap(({ name, type }) => (type === 'histogram' ? [`${name}_(bucket|sum|count)`] : [name])),
  ),
];

/** Only series with these values of the label `handler`, or without this label, are stored. */
const handlers = ['receive', 'query', 'query_range'];

export function thanosScrapes(settings: Settings) {
  return Object.values(thanosJobs).map((job) => ({
    job_name: job,
    static_configs: [
      {
        targets: members.filter((member) => member.job === job).map(({ http }) => address(settings, http)),
        labels: { namespace: namespaces.monitoring },
      },
    ],
    metric_relabel_configs: [
      {
        source_labels: ['__name__', 'grpc_method', 'handler'],
        // Drops the series of most gRPC methods (about thirty in each program) and of most HTTP handlers.
        regex: `(${stored.join('|')});;(${handlers.join('|')}|)|${grpcHandled.name};${readMethod};`,
        action: 'keep',
      },
    ],
  }));
}

/** The lines on the map from Prometheus to the Thanos programs that Prometheus scrapes. */
export function thanosScrapeConnections(settings: Settings): readonly Connection[] {
  return members.map(({ name, job, http }) => ({
    to: name,
    kind: 'scrape',
    rate: div(
      sum(select(targetMetrics.scrapeSamples, { job, instance: address(settings, http) })),
      scrapeIntervalSeconds.laptop,
    ),
    unit: 'samples/s',
  }));
}
