import { clusters } from '../../config/topology.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { processMetrics } from '../../metrics/definitions/process.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import {
  count,
  countOverTime,
  eq,
  gt,
  lt,
  offset,
  range,
  select,
  sum,
  timestamp,
  type Vector,
} from '../../metrics/promql.ts';
import { jobs } from '../../sources/sources.ts';
import { allOf, effect, firing, laterThanAction, state, without } from './checks.ts';
import { documented, query, upOverTime } from './queries.ts';
import type { Act, CheckTime } from './step.ts';

const edge = { cluster: clusters.edge.cluster };
const ofEdge = select(targetMetrics.up, { job: jobs.edgeNatsExporter });
const byCluster = sum(select(natsMetrics.connections), ['cluster']);
const startTime = select(processMetrics.startTime, { job: jobs.prometheus });
const ofCentral = select(targetMetrics.up, { job: jobs.natsExporter });
const fault = 'edge-cut-off';
const alert = 'EdgeClusterSilent';

/** Four scrape intervals of the laptop pipeline. */
const outageSeconds = 20;

/** Number of scrape intervals before and after the kill of Prometheus. `after` covers the outage and the restart. */
const watched = { before: 1, after: 8 } as const;
const scrapes = watched.before + watched.after;

/** Returns a query that counts the samples of `series` shortly before and after the kill of Prometheus. */
function samplesAround(series: Vector, { seconds, scrapeInterval }: CheckTime): Vector {
  // A scrape can start some milliseconds early. Therefore the range starts 100 ms earlier.
  const span = `${scrapes * scrapeInterval * 1000 + 100}ms`;
  const ago = seconds - watched.after * scrapeInterval;
  return countOverTime(offset(range(series, span), `${ago}s`));
}

const onlyAgentKeptSamples = (at: CheckTime): Vector =>
  allOf(gt(samplesAround(ofEdge, at), scrapes - 1), lt(samplesAround(ofCentral, at), scrapes - 2));

export const federation: Act = {
  number: 3,
  title: 'Federation',
  minutes: 8,
  message: 'The second cluster sends its samples, because the central Prometheus cannot reach it.',
  steps: [
    {
      id: 'clusters',
      title: 'Two clusters in one query',
      show: 'Show both clusters, and a series that only the agent scrapes.',
      say: [
        'One query covers both clusters, because each series carries the label `cluster`.',
        'The central Prometheus cannot reach the second cluster. An agent scrapes there and sends each sample by remote write.',
        'The dashboard compares the clusters. A variable of the dashboard selects the clusters. Therefore a new cluster needs no new panel.',
      ],
      ask: {
        question: 'What has to change if a third cluster joins?',
        answer:
          'One entry in the configuration of the environment. The agent gets its own value of `cluster`, and the dashboards and alerts use this label.',
      },
      links: [
        { text: 'Multi-cluster dashboard', path: '/d/multi-cluster' },
        { text: 'Map', path: '/map' },
      ],
      queries: [
        // The two clusters have equal values. In a line chart, one curve would hide the other curve.
        documented(byCluster, { display: 'tiles' }),
        documented(select(natsMetrics.connections, edge)),
      ],
      expect:
        'The first query returns a series for each cluster. The second query returns a series of the agent.',
      check: state(
        'At least two clusters report connections, and the second cluster is one of them.',
        allOf(gt(count(byCluster), 1), select(natsMetrics.connections, edge)),
      ),
    },
    {
      id: 'kill-prometheus',
      title: 'The central Prometheus is down for 20 seconds',
      show: 'Open the map and show the outage. The map marks the central Prometheus as restarting until its process starts again. A notice on the page reports that Prometheus does not answer. The query of this step still shows its last result.',
      say: [
        'We now kill the central Prometheus with SIGKILL. Prometheus cannot save any data before its end. It starts again after 20 seconds, as on a machine that restarts.',
        'During the outage, Prometheus misses four scrapes. The page keeps its last values and recovers by itself.',
        'The second cluster still works: its agent continues to scrape every five seconds, and only its remote write fails.',
        'After the start, Prometheus first reads its own write-ahead log. Therefore it still has all samples from before the kill.',
      ],
      ask: {
        question: 'Which alert fires while Prometheus itself is down?',
        answer:
          'None, because Prometheus evaluates the alerts. In production, another system has to monitor Prometheus from outside.',
      },
      waitSeconds: 30,
      action: { kind: 'kill', component: 'prometheus', seconds: outageSeconds },
      links: [{ text: 'Map', path: '/map' }],
      queries: [query(startTime, 'when the central Prometheus started', { unit: 'unix' })],
      expect: 'The central Prometheus starts again, and its start time is later than the kill.',
      check: effect(
        'kill-prometheus',
        { untilScrape: 12 },
        'The central Prometheus has started since the kill.',
        // The start time can be up to one second early, because Linux stores the boot time in whole seconds.
        (at) => laterThanAction(startTime, { ...at, seconds: at.seconds + 1 }),
      ),
      terminal: [
        {
          does: `Kill the central Prometheus for ${outageSeconds} seconds`,
          command: `curl -s -X POST -H 'content-type: application/json' -d '{"action":"kill","for":${outageSeconds}}' http://127.0.0.1:3000/api/components/prometheus`,
        },
      ],
    },
    {
      id: 'no-gap',
      title: 'The second cluster has lost no samples',
      show: 'Compare the two curves. The curve of the second cluster is flat, because its agent sent the missed samples after the restart. The curve of the central cluster has a dent, because the central Prometheus scraped nothing during the outage.',
      say: [
        'The agent kept its samples in its write-ahead log while its receiver was down. After the restart, it sent these samples with their original times.',
        'Therefore the first query counts 12 samples in each minute, also during the outage: one sample for every five seconds.',
        'The second query shows the central cluster. No server scraped its targets during the outage, and these samples are lost.',
        'Recorded series are not filled in later, because Prometheus evaluated no rules during the outage. A dashboard that reads a recording rule shows a dip.',
      ],
      ask: {
        question: 'For how long can the agent keep the samples?',
        answer:
          'In a cluster, the setting `outage` of the edge is this time. In a longer outage, the oldest samples are lost.',
      },
      waitSeconds: 15,
      queries: [
        query(countOverTime(range(ofEdge, '1m')), 'samples of the second cluster in each minute', { min: 0 }),
        query(
          countOverTime(range(ofCentral, '1m')),
          'samples of a target of the central cluster in each minute',
          { min: 0 },
        ),
      ],
      expect:
        'The second cluster has 12 samples in each minute, also during the outage. The target of the central cluster has fewer.',
      check: effect(
        'kill-prometheus',
        { fromScrape: watched.after, untilScrape: 36 },
        'Each scrape of the second cluster around the outage has its sample, and the target of the central cluster lacks at least two.',
        onlyAgentKeptSamples,
      ),
    },
    {
      id: 'cut-off-edge',
      title: 'The second cluster stops sending',
      show: 'No target is down, because the central Prometheus scrapes no target of the second cluster. Therefore the alert cannot use `up`. The alert compares the age of the newest sample with a limit.',
      say: [
        'We now suspend the agent, as if its node hangs. No target is down: the central Prometheus scrapes no target of the second cluster.',
        'Therefore an alert on `up` is not enough. The alert `EdgeClusterSilent` compares the age of the newest sample with a limit.',
        'The alert fires within a minute on the laptop, and after a few minutes in production.',
        'While we wait: the curves end before the present time. An empty end of a curve is easy to miss, and a silent cluster looks like a healthy cluster on most dashboards.',
      ],
      ask: {
        question: 'Why do the curves end instead of falling to 0?',
        answer:
          'Prometheus stores the value 0 of `up` only after a failed scrape. While the agent is suspended, no server scrapes these targets. Therefore `up` has no new sample, and the comparison `up == 0` finds nothing.',
      },
      waitSeconds: 40,
      action: { kind: 'inject', fault },
      links: [
        { text: 'Alert', path: `/alerts?alert=${alert}` },
        { text: 'Runbook', path: `/runbooks/${alert}.md` },
      ],
      queries: [query(select(targetMetrics.up, edge), 'the targets of the second cluster', upOverTime)],
      expect:
        'No target is down, but the curves of the second cluster end. `EdgeClusterSilent` fires within a minute.',
      check: effect(
        'cut-off-edge',
        { untilScrape: 24 },
        'The second cluster has no series, no target is down, and the alert EdgeClusterSilent fires.',
        () =>
          without(
            without(firing(alert, edge), select(targetMetrics.up, edge)),
            eq(select(targetMetrics.up), 0),
          ),
      ),
    },
    {
      id: 'restore-edge',
      title: 'The second cluster sends again',
      show: 'Show that the samples of the second cluster arrive again.',
      say: [
        'The agent runs again, and sends the samples of its next scrape at once.',
        'The suspended agent did not scrape. Therefore the gap stays: remote write can send delayed samples, but it cannot send samples that do not exist.',
        'Compare this gap with the outage of Prometheus. While Prometheus was down, the agent scraped and stored its samples. While the agent was suspended, no server scraped these targets.',
      ],
      ask: {
        question: 'How do you find such a gap a week later?',
        answer:
          'A query with `count_over_time` counts the stored samples. Each missing scrape lowers the count.',
      },
      waitSeconds: 10,
      action: { kind: 'restore', fault },
      links: [{ text: 'Alert', path: `/alerts?alert=${alert}` }],
      queries: [
        documented(select(natsMetrics.connections, edge)),
        query(select(targetMetrics.up, edge), 'the targets of the second cluster', upOverTime),
      ],
      expect: 'The series of the second cluster continue, the gap stays, and the alert resolves.',
      check: effect(
        'restore-edge',
        { untilScrape: 24 },
        'The second cluster has sent a sample since the end of the fault, and the alert EdgeClusterSilent no longer fires.',
        (at) => without(laterThanAction(timestamp(ofEdge), at), firing(alert, edge)),
      ),
    },
  ],
};
