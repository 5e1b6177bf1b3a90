import { clusters } from '../../config/topology.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { processMetrics } from '../../metrics/definitions/process.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { count, countOverTime, gt, offset, range, select, sum, timestamp } from '../../metrics/promql.ts';
import { jobs } from '../../sources/sources.ts';
import { effect, firing, laterThanAction, state } from './checks.ts';
import { documented, query } from './queries.ts';
import type { Act, CheckTime } from './step.ts';

const edge = { cluster: clusters.edge.cluster };
const ofEdge = select(targetMetrics.up, { job: jobs.edgeNatsExporter });
const byCluster = sum(select(natsMetrics.connections), ['cluster']);
const startTime = select(processMetrics.startTime, { job: jobs.prometheus });
const fault = 'edge-cut-off';

/** Scrape intervals before and after the kill. No sample may be missing in them. */
const watched = { before: 1, after: 3 } as const;

/**
 * Returns a series if every scrape in these intervals has its sample. The range is a tenth of a second longer, because
 * a scrape can be some milliseconds early. (A range includes its end and excludes its start.)
 */
function noSampleMissing({ seconds, scrapeInterval }: CheckTime) {
  const scrapes = watched.before + watched.after;
  const span = `${scrapes * scrapeInterval * 1000 + 100}ms`;
  const ago = seconds - watched.after * scrapeInterval;
  return gt(countOverTime(offset(range(ofEdge, span), `${ago}s`)), scrapes - 1);
}

export const federation: Act = {
  number: 3,
  title: 'Federation',
  minutes: 10,
  message: 'The second cluster sends its samples, because the central Prometheus cannot reach it.',
  steps: [
    {
      id: 'clusters',
      title: 'Two clusters in one query',
      show: 'Show both clusters, and a series that only the agent scrapes.',
      say: [
        'One query covers both clusters, because each series carries the label `cluster`.',
        'The central Prometheus cannot reach the second cluster. An agent scrapes there and sends each sample by remote write.',
      ],
      links: [
        { text: 'Multi-cluster dashboard', path: '/d/multi-cluster' },
        { text: 'Map', path: '/map' },
      ],
      queries: [documented(byCluster), documented(select(natsMetrics.connections, edge))],
      expect:
        'The first query returns a series for each cluster. The second query returns a series of the agent.',
      check: state('At least two clusters report connections.', gt(count(byCluster), 1)),
    },
    {
      id: 'kill-prometheus',
      title: 'The central Prometheus is killed',
      show: 'Show the restart: the map marks the central Prometheus, and the page reports what is stale.',
      say: [
        'We now kill the central Prometheus with SIGKILL. It has no chance to save anything.',
        'The supervisor restarts it, as a cluster would. The page reports that Prometheus does not answer, and recovers by itself.',
      ],
      action: { kind: 'kill', component: 'prometheus' },
      links: [{ text: 'Map', path: '/map' }],
      queries: [query(startTime, 'when the central Prometheus started', 'unix')],
      expect: 'The start time of the central Prometheus is a few seconds ago.',
      check: effect(
        'kill-prometheus',
        { untilScrape: 12 },
        'The central Prometheus has started since the kill.',
        // The start time of a process can be up to one second too early, because the kernel has the boot time in whole
        // seconds.
        (at) => laterThanAction(startTime, { ...at, seconds: at.seconds + 1 }),
      ),
      terminal: [
        {
          does: 'Kill the central Prometheus',
          command:
            'kill -9 $(curl -s http://127.0.0.1:3000/api/status | grep -o \'"name":"prometheus","state":"[a-z]*","pid":[0-9]*\' | grep -o \'[0-9]*$\')',
        },
      ],
    },
    {
      id: 'no-gap',
      title: 'No sample of the second cluster is missing',
      show: 'Show that no sample of the second cluster is missing. The agent kept its samples in the write-ahead log and sent them after the restart.',
      say: [
        'The agent kept its samples in the write-ahead log while its receiver was down. It sent them after the restart.',
        'Therefore the query counts one sample for every five seconds, also during the outage.',
      ],
      queries: [query(countOverTime(range(ofEdge, '1m')), 'samples of the second cluster in each minute')],
      expect: 'The query shows one sample for every five seconds, also during the outage: 12 in each minute.',
      check: effect(
        'kill-prometheus',
        { fromScrape: watched.after, untilScrape: 36 },
        'Each scrape of the second cluster around the kill has its sample.',
        noSampleMissing,
      ),
    },
    {
      id: 'cut-off-edge',
      title: 'The second cluster stops sending',
      show: 'No target is down, because the central Prometheus scrapes no target of the second cluster. The alert uses the age of the newest sample.',
      say: [
        'We now suspend the agent, as when its node hangs. No target is down: the central Prometheus scrapes no target of the second cluster.',
        'Therefore an alert on `up` is not enough. This alert compares the age of the newest sample with a limit.',
        'The alert fires after about half a minute on the laptop, and after a few minutes in production.',
      ],
      action: { kind: 'inject', fault },
      links: [
        { text: 'Alerts', path: '/alerts' },
        { text: 'Runbook', path: '/runbooks/EdgeClusterSilent.md' },
      ],
      queries: [query(select(targetMetrics.up, edge), 'the targets of the second cluster')],
      expect: 'The curves end, and no target is down. `EdgeClusterSilent` fires within a minute.',
      check: effect('cut-off-edge', { untilScrape: 24 }, 'The alert EdgeClusterSilent fires.', () =>
        firing('EdgeClusterSilent', edge),
      ),
    },
    {
      id: 'restore-edge',
      title: 'The second cluster sends again',
      show: 'Show that the samples of the second cluster arrive again.',
      say: [
        'The agent runs again and sends its next scrape at once.',
        'The suspended agent did not scrape. Therefore the gap stays: remote write fills a gap of the connection, not a gap of the scrapes.',
      ],
      action: { kind: 'restore', fault },
      links: [{ text: 'Alerts', path: '/alerts' }],
      queries: [
        documented(byCluster),
        query(select(targetMetrics.up, edge), 'the targets of the second cluster'),
      ],
      expect: 'The curves of the second cluster continue, and the alert resolves.',
      check: effect(
        'restore-edge',
        { untilScrape: 24 },
        'A sample of the second cluster is newer than the restore.',
        (at) => laterThanAction(timestamp(ofEdge), at),
      ),
    },
  ],
};
