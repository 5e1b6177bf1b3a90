import { clusters } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { and, count, eq, group, gt, select, sum, unless } from '../../metrics/promql.ts';
import { jobs } from '../../sources/sources.ts';
import { allOf, state } from './checks.ts';
import { query } from './queries.ts';
import type { Act } from './step.ts';

const up = select(targetMetrics.up);
const primary = { cluster: clusters.primary.cluster };
const edge = { cluster: clusters.edge.cluster };
const pools = (job: string) => select(prometheusMetrics.scrapePoolTargets, { job });
const edgePoolOfCentral = select(prometheusMetrics.scrapePoolTargets, {
  job: jobs.prometheus,
  scrape_job: jobs.edgeNatsExporter,
});

export const infrastructure: Act = {
  number: 1,
  title: 'Infrastructure',
  minutes: 5,
  message: 'The architecture in one picture, and the proof that it runs.',
  steps: [
    {
      id: 'architecture',
      title: 'Four ways lead to one Prometheus',
      show: 'Show the map, or the architecture picture of the [README](README.md): four arrows lead to one Prometheus.',
      say: [
        'Metrics reach Prometheus in four ways: Prometheus pulls them, an exporter translates them, a second cluster sends them, and a job pushes them.',
        'Each act of this presentation shows one part of this picture. All programs are real. Only Binance is a mock, unless the pipeline runs with `--live-rates`.',
      ],
      links: [{ text: 'Map', path: '/map' }],
      queries: [query(count(up, ['job', 'cluster']), 'the targets of each job')],
      expect: 'Both clusters and all connections are on the map. Prometheus has series of all four ways.',
      check: state(
        'Prometheus has a series of each of the four ways.',
        allOf(
          select(natsMetrics.connections, primary),
          select(usdtMetrics.rate),
          select(natsMetrics.connections, edge),
          select(batchMetrics.success),
        ),
      ),
    },
    {
      id: 'components',
      title: 'Every component is a process',
      show: 'Show the components on the map. Each node is a process. The second cluster has its own NATS, exporter and agent.',
      say: [
        'Nothing on this page is a simulation: each component is the real program, with its own process, log and configuration.',
        'The second cluster is complete in itself. It has its own NATS, its own exporter, and a small Prometheus in agent mode.',
      ],
      links: [{ text: 'Map', path: '/map' }],
      queries: [query(select(targetMetrics.up, edge), 'the targets of the second cluster')],
      expect: 'The second cluster has two targets that are up: its NATS exporter and its agent.',
      check: state(
        'At least two targets of the second cluster are up.',
        gt(count(eq(select(targetMetrics.up, edge), 1)), 1),
      ),
    },
    {
      id: 'targets',
      title: 'Two servers scrape, and one server has all series',
      show: 'Show the targets of the central Prometheus. The second cluster is not in the list, because the central Prometheus does not scrape the second cluster.',
      say: [
        'The label `job` names the server that scrapes. The label `scrape_job` names its targets.',
        'The central Prometheus has no job of the second cluster. Its series arrive nevertheless, and act 3 shows how.',
      ],
      links: [{ text: 'Pipeline health', path: '/d/pipeline-health' }],
      queries: [
        query(
          sum(select(prometheusMetrics.scrapePoolTargets), ['job', 'scrape_job']),
          'the targets of each server that scrapes',
        ),
      ],
      expect:
        'The agent scrapes two jobs of the second cluster. The central Prometheus scrapes all other jobs, and none of the second cluster.',
      check: state(
        'The agent scrapes the second cluster, and the central Prometheus does not.',
        unless(and(group(pools(jobs.prometheusAgent)), group(pools(jobs.prometheus))), edgePoolOfCentral, {
          on: [],
        }),
      ),
      terminal: [
        {
          does: 'List the jobs of the central Prometheus',
          command: 'curl -s http://127.0.0.1:9090/api/v1/targets | grep -o \'"job":"[^"]*"\' | sort -u',
        },
      ],
    },
    {
      id: 'targets-up',
      title: 'Every target is up',
      show: 'Show which targets are up.',
      say: [
        'Prometheus adds the series `up` for each target. The value is 1 if the last scrape succeeded.',
        'The targets of the second cluster are in this result too: the agent sends its `up` series like all others.',
      ],
      links: [{ text: 'Pipeline health', path: '/d/pipeline-health' }],
      queries: [query(up, 'whether the last scrape of each target succeeded')],
      expect: 'Each series has the value 1.',
      check: state('The sum of all up series equals their number.', eq(sum(up), count(up))),
    },
  ],
};
