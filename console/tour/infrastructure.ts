import { clusters } from '../../config/topology.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { and, count, eq, group, gt, select, sum, unless } from '../../metrics/promql.ts';
import { jobs } from '../../sources/sources.ts';
import { fourWays, state } from './checks.ts';
import { query, upNow, upOverTime } from './queries.ts';
import type { Act } from './step.ts';

const up = select(targetMetrics.up);
const edge = { cluster: clusters.edge.cluster };
const pools = (job: string) => select(prometheusMetrics.scrapePoolTargets, { job });
const edgePoolOfCentral = select(prometheusMetrics.scrapePoolTargets, {
  job: jobs.prometheus,
  scrape_job: jobs.edgeNatsExporter,
});
const targetsPage = { text: 'Targets of Prometheus', component: 'prometheus', page: '/targets' } as const;

export const infrastructure: Act = {
  number: 1,
  title: 'Infrastructure',
  minutes: 6,
  message: 'The architecture in one picture, and the proof that it runs.',
  steps: [
    {
      id: 'architecture',
      title: 'Four ways lead to one Prometheus',
      show: 'Show the four ways on the map. The arrow of a connection points to the component that accepts the connection. The dashes move as the data flows: on all four ways, the data flows to Prometheus.',
      say: [
        'Metrics reach Prometheus in four ways: Prometheus pulls them, an exporter translates them, a second cluster sends them, and a job pushes them.',
        'A pull and a remote write look different on the map. Prometheus opens the connection of a pull, and the agent opens the connection of a remote write. In both cases the data flows to Prometheus.',
        'Each act of this presentation shows one part of this picture.',
      ],
      ask: {
        question: 'Which of the four ways do your own systems use?',
        answer:
          'Most systems use only pulls and exporters. A cluster that Prometheus cannot reach needs remote write, and a job that ends before the scrape needs a push.',
      },
      links: [{ text: 'Map', path: '/map' }],
      queries: [
        query(count(up, ['job', 'cluster']), 'the number of targets of each job', { display: 'tiles' }),
      ],
      expect: 'Prometheus has series of both clusters and of all four ways.',
      check: state('Prometheus has a series of each of the four ways.', fourWays),
    },
    {
      id: 'components',
      title: 'Every server is a real program',
      show: 'Show the components on the map. The second cluster has its own NATS, exporter and agent. Nodes with the text "no separate process" run in the process of the console.',
      say: [
        'Each server on the map is the real program, with its own process, log and configuration. Only the clients are simulated: two shops publish orders.',
        'A mock answers in place of Binance, unless the pipeline runs with `--live-rates`.',
        'The second cluster has its own NATS, its own exporter, and a small Prometheus in agent mode.',
      ],
      links: [{ text: 'Map', path: '/map' }],
      queries: [query(select(targetMetrics.up, edge), 'the targets of the second cluster', upOverTime)],
      expect: 'The second cluster has two targets that are up: its NATS exporter and its agent.',
      check: state(
        'At least two targets of the second cluster are up.',
        gt(count(eq(select(targetMetrics.up, edge), 1)), 1),
      ),
    },
    {
      id: 'targets',
      title: 'Two servers scrape, one has all series',
      show: 'Compare the job lists of the central Prometheus and of the agent. The list of the central Prometheus has no job of the second cluster, because the central Prometheus does not scrape the second cluster.',
      say: [
        'Both servers report their own lists of jobs: the label `scrape_job` names the job, and the value is the number of its targets.',
        'The central Prometheus has no scrape job for the second cluster. But the central Prometheus has the series of the second cluster. Act 3 shows how these series arrive.',
      ],
      ask: {
        question: 'Why does the central Prometheus not scrape the second cluster itself?',
        answer:
          'The central Prometheus cannot reach the second cluster. This limit is on purpose: each connection starts in the second cluster. Therefore no firewall has to open a port into the second cluster.',
      },
      links: [targetsPage, { text: 'Targets of the agent', component: 'prometheus-agent', page: '/targets' }],
      queries: [
        query(
          sum(pools(jobs.prometheus), ['scrape_job']),
          'the number of targets of each job of the central Prometheus',
          { display: 'tiles' },
        ),
        query(
          sum(pools(jobs.prometheusAgent), ['scrape_job']),
          'the number of targets of each job of the agent in the second cluster',
          { display: 'tiles' },
        ),
      ],
      expect:
        'The agent scrapes the jobs of the second cluster. The central Prometheus scrapes none of them.',
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
        'Prometheus adds the series `up` for each target. The value is 1 if the last scrape succeeded, and 0 if the scrape failed.',
        'The targets of the second cluster are also in this result: the agent sends its `up` series like all other series.',
      ],
      ask: {
        question: 'What is the value of `up` for a target that nobody has configured?',
        answer:
          'The target has no value of `up`, because `up` exists only for configured targets. Therefore another alert, `TargetMissing`, compares the targets with the list of expected jobs.',
      },
      links: [targetsPage],
      queries: [query(up, 'whether the last scrape of each target succeeded', upNow)],
      expect: 'Each series has the value 1.',
      check: state('The sum of all up series equals their number.', eq(sum(up), count(up))),
    },
  ],
};
