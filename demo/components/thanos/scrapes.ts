import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { namespaces } from '../../../config/topology.ts';
import type { Connection } from '../../../console/index.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { div, select, sum } from '../../../metrics/promql.ts';
import { address } from '../../network.ts';
import type { Settings } from '../../settings.ts';
import { members, readMethod, thanosJobs } from './members.ts';

const { grpcHandled, ...connectionMetrics } = thanosConnectionMetrics;

/** The metrics of Thanos that are stored. Its programs expose about a thousand series each. */
const stored = [
  ...Object.values(connectionMetrics),
  prometheusMetrics.samplesAppended,
  prometheusMetrics.headSeries,
  prometheusMetrics.ruleFailures,
  prometheusMetrics.ruleGroupDuration,
  prometheusMetrics.ruleGroupInterval,
  remoteWriteMetrics.sent,
  remoteWriteMetrics.failed,
  processMetrics.residentMemory,
  processMetrics.cpuSeconds,
].map(({ name }) => name);

/** The scrape configurations of the programs of Thanos. */
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
        source_labels: ['__name__', 'grpc_method'],
        // Of the series about gRPC only one method is kept, because a server has a series for each of its thirty
        // methods and each gRPC status.
        regex: `(${stored.join('|')});|${grpcHandled.name};${readMethod}`,
        action: 'keep',
      },
    ],
  }));
}

/** The scrapes of the programs of Thanos, as the map shows them. */
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
