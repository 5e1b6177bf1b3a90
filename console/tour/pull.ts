import { clusters } from '../../config/topology.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { and, deriv, eq, gt, offset, range, rate, select, sub } from '../../metrics/promql.ts';
import { allOf, effect, firing, laterThanAction, state } from './checks.ts';
import { documented } from './queries.ts';
import type { Act } from './step.ts';

/** Messages of one click. */
const burstMessages = 5000;

const connections = select(natsMetrics.connections, { cluster: clusters.primary.cluster });
const inRate = rate(range(select(natsMetrics.inMsgs), '5m'));
const received = select(natsMetrics.inMsgs, { cluster: clusters.primary.cluster });
const movement = deriv(range(select(usdtMetrics.rate), '1h'));
const fault = 'upstream-rate-limited';

export const pull: Act = {
  number: 2,
  title: 'Pull and a custom exporter',
  minutes: 10,
  message: 'Prometheus scrapes every program that it can reach.',
  steps: [
    {
      id: 'nats',
      title: 'NATS from its exporter',
      show: 'Show the connections and the messages of NATS.',
      say: [
        'NATS reports its figures as JSON. An exporter next to NATS translates them at each scrape. This is the usual way to monitor a program that has no metrics of its own format.',
        'The last query is a recording rule: no release of the exporter has this name, and the rule keeps it stable for dashboards.',
      ],
      links: [{ text: 'NATS dashboard', path: '/d/nats' }],
      queries: [
        documented(connections),
        documented(inRate, 'mps'),
        documented(select(natsMetrics.outMsgs)),
        documented(select(recorded.totalStreams)),
      ],
      expect: 'Each query returns a series of NATS, and the counters rise.',
      check: state(
        'All four queries return a series.',
        allOf(connections, inRate, select(natsMetrics.outMsgs), select(recorded.totalStreams)),
      ),
    },
    {
      id: 'burst',
      title: 'Five thousand messages at once',
      show: 'Show how the counters rise with the next scrape, five seconds later.',
      say: [
        'The shop now publishes 5,000 orders at once. The counter jumps with the next scrape, at most five seconds later.',
        'The rate is an average over five minutes. Therefore it rises more slowly than the counter.',
      ],
      action: { kind: 'burst' },
      links: [{ text: 'NATS dashboard', path: '/d/nats' }],
      queries: [documented(inRate, 'mps'), documented(select(natsMetrics.outMsgs))],
      expect: 'The curve of the delivered messages has a step of several thousand messages.',
      check: effect(
        'burst',
        { untilScrape: 6 },
        'The primary NATS has received at least 5,000 messages since the button was pressed.',
        ({ seconds }) => gt(sub(received, offset(received, `${seconds}s`)), burstMessages - 1),
      ),
    },
    {
      id: 'usdt-rate',
      title: 'A source without a metrics endpoint',
      show: 'Show a source without a metrics endpoint: the USDT/VND rate. The exporter refreshes the rate in the background and answers each scrape from memory. Therefore a slow upstream never slows down a scrape.',
      say: [
        'Binance has an API and no metrics. A small exporter of this project closes the gap.',
        'The exporter refreshes the rate in the background and answers each scrape from memory. Therefore a slow upstream never slows down a scrape.',
        'The time of the last update is a metric of its own, because a rate without its age can mislead.',
      ],
      links: [{ text: 'USDT/VND dashboard', path: '/d/usdt-vnd' }],
      queries: [
        documented(select(usdtMetrics.rate)),
        documented(select(usdtMetrics.lastUpdate), 'unix'),
        documented(movement),
      ],
      expect: 'The rate moves a little, and the last update is a few seconds old.',
      check: state(
        'The rate, its time and its movement have a series.',
        allOf(select(usdtMetrics.rate), select(usdtMetrics.lastUpdate), movement),
      ),
    },
    {
      id: 'break-binance',
      title: 'Binance refuses the requests',
      show: 'The rate keeps its last value, its age grows, and the exporter counts the errors by reason. The alert fires within a minute and links to its runbook.',
      say: [
        'Binance now answers 429, as public APIs do under load. The exporter does not fail: it keeps the last good rate and counts the errors by reason.',
        'While we wait: the alert needs a failure that lasts, not a single error. Its runbook is one click away, and each of its commands runs on this laptop.',
      ],
      action: { kind: 'inject', fault },
      links: [
        { text: 'Alerts', path: '/alerts' },
        { text: 'Runbook', path: '/runbooks/UsdtFetchFailing.md' },
      ],
      queries: [
        documented(select(usdtMetrics.fetchErrors)),
        documented(select(usdtMetrics.lastUpdate), 'unix'),
      ],
      expect: 'The errors with the reason `rate_limited` rise. `UsdtFetchFailing` fires within a minute.',
      check: effect('break-binance', { untilScrape: 24 }, 'The alert UsdtFetchFailing fires.', () =>
        firing('UsdtFetchFailing'),
      ),
    },
    {
      id: 'restore-binance',
      title: 'Binance answers again',
      show: 'Show that the rate is fresh again, without a restart.',
      say: [
        'Binance answers again. The exporter refreshes the rate with its next attempt, and nobody restarts anything.',
        'The alert resolves when its window of 25 seconds has no error left.',
      ],
      action: { kind: 'restore', fault },
      links: [{ text: 'Alerts', path: '/alerts' }],
      queries: [documented(select(usdtMetrics.rate)), documented(select(usdtMetrics.lastUpdate), 'unix')],
      expect: 'The last update is recent again, and the alert resolves.',
      check: effect(
        'restore-binance',
        { untilScrape: 24 },
        'The exporter has refreshed the rate since the restore.',
        (at) => and(laterThanAction(select(usdtMetrics.lastUpdate), at), eq(select(usdtMetrics.up), 1)),
      ),
    },
  ],
};
