import { clusters } from '../../config/topology.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import {
  and,
  deriv,
  eq,
  group,
  gt,
  increase,
  mul,
  offset,
  range,
  rate,
  select,
  sub,
} from '../../metrics/promql.ts';
import { allOf, effect, firing, laterThanAction, state, without } from './checks.ts';
import { documented } from './queries.ts';
import type { Act } from './step.ts';

const burstMessages = 5000;

const inRate = rate(range(select(natsMetrics.inMsgs), '5m'));
const primary = { cluster: clusters.primary.cluster };
const connections = select(natsMetrics.connections, primary);
const received = select(natsMetrics.inMsgs, primary);
const delivered = select(natsMetrics.outMsgs, primary);
const movement = deriv(range(select(usdtMetrics.rate), '1h'));
const fault = 'upstream-rate-limited';
const alert = 'UsdtFetchFailing';
const rateLimited = select(usdtMetrics.fetchErrors, { reason: 'rate_limited' });

/** Keeps the series of `counter` that have risen by `burstMessages` or more. */
const risen = (counter: typeof received, seconds: number) =>
  gt(sub(counter, offset(counter, `${seconds}s`)), burstMessages - 1);

export const pull: Act = {
  number: 2,
  title: 'Pull and a custom exporter',
  minutes: 9,
  message: 'Prometheus scrapes every program that it can reach.',
  steps: [
    {
      id: 'nats',
      title: 'NATS from its exporter',
      show: 'Show the connections and the messages of NATS.',
      say: [
        'NATS reports its figures as JSON. An exporter next to NATS translates them at each scrape. This is the usual way to monitor a program that does not expose metrics for Prometheus.',
        'The last query returns the series of a recording rule. The rule copies a metric of the exporter to a new name. Dashboards use the new name, which stays the same if the exporter renames the metric.',
        'A counter only rises, and starts at 0 when its program restarts. Therefore a dashboard shows the rate of a counter, and not the counter itself.',
      ],
      ask: {
        question: 'Why does NATS not expose the metrics itself?',
        answer:
          'NATS has a monitoring API of its own, as many databases and devices have. An exporter translates the answers of this API, and NATS needs no change.',
      },
      links: [{ text: 'NATS dashboard', path: '/d/nats' }],
      queries: [
        documented(connections),
        documented(inRate, { unit: 'mps' }),
        documented(select(natsMetrics.outMsgs)),
        documented(select(recorded.totalStreams)),
      ],
      expect: 'Each query returns a series of NATS, and the counters rise.',
      check: state(
        'All four queries return a series, and the counters of the primary NATS have risen in the last minute.',
        allOf(
          connections,
          inRate,
          gt(increase(range(received, '1m')), 0),
          gt(increase(range(delivered, '1m')), 0),
          select(recorded.totalStreams),
        ),
      ),
    },
    {
      id: 'burst',
      title: 'Five thousand messages at once',
      show: 'Show how the counters rise with the next scrape, at most five seconds later. NATS counts each order and its acknowledgement: the counter rises by more than 10,000.',
      say: [
        'The shop now publishes 5,000 orders at once. The counter jumps with the next scrape, at most five seconds later.',
        'The counter rises by more than 10,000 with one press: NATS counts each order, the acknowledgement of each order, and the normal traffic.',
        'The rate is an average over five minutes. Therefore the burst raises the rate for five minutes.',
      ],
      ask: {
        question: 'Would Prometheus see a burst that begins and ends between two scrapes?',
        answer:
          'Yes, Prometheus would see the burst, because the counter includes every message. Only the exact time of the burst is unknown. A gauge does not show a peak that ends before the next scrape.',
      },
      action: { kind: 'burst' },
      waitSeconds: 5,
      links: [{ text: 'NATS dashboard', path: '/d/nats' }],
      queries: [documented(inRate, { unit: 'mps' }), documented(select(natsMetrics.outMsgs))],
      expect: 'The curve of the delivered messages has a step of several thousand messages.',
      check: effect(
        'burst',
        { untilScrape: 6 },
        'The primary NATS has received and delivered at least 5,000 messages since the button was pressed.',
        ({ seconds }) => and(risen(received, seconds), risen(delivered, seconds)),
      ),
    },
    {
      id: 'usdt-rate',
      title: 'A source without a metrics endpoint',
      show: 'Show a source without a metrics endpoint: the USDT/VND rate. The exporter refreshes the rate in the background and answers each scrape from memory. Therefore a slow upstream never slows down a scrape.',
      say: [
        'Binance has an API and no metrics. A small exporter of this project calls the API and exposes the rate as a metric.',
        'The exporter refreshes the rate in the background and answers each scrape from memory. Therefore a slow upstream never slows down a scrape.',
        'The time of the last update is a metric of its own, because a rate without its age can mislead.',
      ],
      ask: {
        question: 'Why does the exporter not call Binance at each scrape?',
        answer:
          'A scrape has a timeout, and several servers may scrape the exporter. With its own interval, the exporter limits the calls to Binance, and a scrape never waits.',
      },
      links: [{ text: 'USDT/VND dashboard', path: '/d/usdt-vnd' }],
      queries: [
        documented(select(usdtMetrics.rate)),
        documented(select(usdtMetrics.lastUpdate), { unit: 'unix' }),
        documented(movement, { unit: 'suffix:VND/s' }),
      ],
      expect: 'The rate moves a little, and the last refresh of the rate has succeeded.',
      check: state(
        'The rate has moved since the start, in a window of at most one hour, and its last refresh has succeeded.',
        allOf(
          select(usdtMetrics.rate),
          select(usdtMetrics.lastUpdate),
          eq(select(usdtMetrics.up), 1),
          gt(mul(movement, movement), 0),
        ),
      ),
    },
    {
      id: 'break-binance',
      title: 'Binance refuses the requests',
      show: 'The rate keeps its last value, its age grows, and the exporter counts the errors by reason. The alert fires within a minute and links to its runbook.',
      say: [
        'Binance now answers 429, as public APIs do under load. The exporter does not fail: it keeps the last good rate and counts the errors by reason.',
        'While we wait: in production, the failures must last 20 minutes before the alert fires. On the laptop the same rule has shorter times, and fires within a minute.',
        'The runbook of the alert is one click away. It has commands for the laptop and for a cluster, and a button runs its queries on the page.',
      ],
      ask: {
        question: 'The rate on the dashboard looks normal. Which query shows that the rate is old?',
        answer:
          'The second query of this step shows when the exporter last received an exchange rate from Binance. The exchange rate alone never shows a failure of Binance.',
      },
      waitSeconds: 25,
      action: { kind: 'inject', fault },
      links: [
        { text: 'Alert', path: `/alerts?alert=${alert}` },
        { text: 'Runbook', path: `/runbooks/${alert}.md` },
      ],
      queries: [
        documented(select(usdtMetrics.fetchErrors)),
        documented(select(usdtMetrics.lastUpdate), { unit: 'unix' }),
      ],
      expect: 'The errors with the reason `rate_limited` rise. `UsdtFetchFailing` fires within a minute.',
      check: effect(
        'break-binance',
        { untilScrape: 24 },
        'The errors with the reason rate_limited have risen since the action, and the alert UsdtFetchFailing fires.',
        ({ seconds }) =>
          and(firing(alert), group(gt(sub(rateLimited, offset(rateLimited, `${seconds}s`)), 0)), { on: [] }),
      ),
    },
    {
      id: 'restore-binance',
      title: 'Binance answers again',
      show: 'Show that the rate is fresh again, without a restart.',
      say: [
        'Binance answers again. The next attempt of the exporter succeeds. Nobody has to restart a program.',
        'On the laptop, the alert counts the errors of the last 25 seconds. It resolves when this window contains no error.',
        'While we wait: the page of the alert has a timeline. It shows the seconds from the fault to the first notification, and to the end of the alert.',
      ],
      ask: {
        question: 'Does anyone have to end the alert by hand?',
        answer:
          'No. Prometheus resolves the alert as soon as its condition is false, and Alertmanager sends a second notification.',
      },
      waitSeconds: 35,
      action: { kind: 'restore', fault },
      links: [{ text: 'Alert', path: `/alerts?alert=${alert}` }],
      queries: [
        documented(select(usdtMetrics.rate)),
        documented(select(usdtMetrics.lastUpdate), { unit: 'unix' }),
      ],
      expect: 'The last update is recent again, and the alert resolves.',
      check: effect(
        'restore-binance',
        { untilScrape: 24 },
        'The exporter has refreshed the rate since the restore, and the alert UsdtFetchFailing no longer fires.',
        (at) =>
          without(
            and(laterThanAction(select(usdtMetrics.lastUpdate), at), eq(select(usdtMetrics.up), 1)),
            firing(alert),
          ),
      ),
    },
  ],
};
