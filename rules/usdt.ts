import { implausiblePriceFactor, usdtRefresh } from '../config/knobs.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type FetchErrorReason, usdtMetrics } from '../metrics/definitions/usdt.ts';
import { lookback, multiple, pending } from '../metrics/duration.ts';
import {
  and,
  avgOverTime,
  changes,
  div,
  eq,
  gt,
  increase,
  lt,
  max,
  maxOverTime,
  minOverTime,
  not,
  range,
  select,
  stddevOverTime,
  sub,
  sum,
  time,
  unless,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { usdtReading } from './selectors.ts';
import { text } from './text.ts';
import { count, duration, limit, ratio } from './threshold.ts';

const { rate, lastUpdate, fetchErrors, offers } = usdtMetrics;

const threeRefreshes = multiple(3, usdtRefresh);
const sixHours = lookback('6h');

export const usdtThresholds = {
  stale: duration(threeRefreshes, '10m', '1d'),
  /** Change of the rate within three refresh intervals: (highest - lowest) / lowest. */
  jump: ratio(0.03, 0.005, 0.5),
  unchangedRefreshes: count(10, 3, 100),
  /** The alert fires if a side of the market has fewer plausible offers than this number. */
  fewestOffers: count(5, 1, 20),
} as const;

/**
 * The window is longer than the usual pause after a failed request. Otherwise the alert would resolve in the pause.
 * Known limit: after a `Retry-After` of up to an hour, the pause can be longer than the window.
 */
const attempts = { production: '15m', laptop: '25s' } as const;
const implausible = 'implausible' satisfies FetchErrorReason;
const spanOfRate = range(select(rate), threeRefreshes);

export const usdtRules = ruleGroup({
  name: 'usdt',
  recording: [
    {
      record: recorded.volatility,
      expr: max(
        div(
          stddevOverTime(range(select(rate), lookback('1h'))),
          avgOverTime(range(select(rate), lookback('1h'))),
        ),
        ['job'],
      ),
    },
  ],
  alerting: [
    {
      alert: 'UsdtRateStale',
      expr: gt(sub(time(), usdtReading(lastUpdate)), limit(usdtThresholds.stale)),
      for: pending('1m'),
      severity: 'critical',
      thresholds: { age: usdtThresholds.stale },
      summary: 'The USDT/VND rate is {{ $value | humanizeDuration }} old.',
      description: text`The last successful refresh was {{ $value | humanizeDuration }} ago. The alert fires when the rate is older than ${usdtThresholds.stale}. The exporter still shows the last good rate, and the market price may have changed.`,
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateMissing',
      expr: unless(eq(select(targetMetrics.up, { job: jobs.usdtExporter }), 1), select(rate), {
        on: ['job', 'instance'],
      }),
      for: pending('10m'),
      severity: 'critical',
      summary: 'The USDT exporter {{ $labels.instance }} has no rate.',
      description:
        '{{ $labels.instance }} answers scrapes. Since its start, the exporter has received no valid answer from Binance P2P.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtFetchFailing',
      expr: gt(
        sum(increase(range(select(fetchErrors, { reason: not(implausible) }), attempts)), ['side', 'reason']),
        0,
      ),
      // In production, one failed request must not fire the alert. Therefore `for` exceeds the range of `increase`.
      for: { production: '20m', laptop: '5s' },
      severity: 'warning',
      windows: [attempts],
      summary: 'Requests to Binance P2P for the {{ $labels.side }} side fail: {{ $labels.reason }}.',
      description: text`{{ $value | humanize }} requests for the {{ $labels.side }} side failed within ${attempts} with the reason {{ $labels.reason }}, and requests keep failing. The exporter shows the last good rate, which is stale after ${usdtThresholds.stale}.`,
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateImplausible',
      expr: gt(
        sum(increase(range(select(fetchErrors, { reason: implausible }), threeRefreshes)), ['side']),
        0,
      ),
      severity: 'warning',
      windows: [threeRefreshes],
      summary: 'The USDT exporter refused implausible prices on the {{ $labels.side }} side.',
      description: text`The exporter refused {{ $value | humanize }} answers of Binance P2P for the {{ $labels.side }} side as implausible within ${threeRefreshes}. Such an answer has no positive price, or its median price is too far from the last good rate: more than the rate times ${String(implausiblePriceFactor)}, or less than the rate divided by ${String(implausiblePriceFactor)}.`,
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateJump',
      expr: gt(
        div(sub(maxOverTime(spanOfRate), minOverTime(spanOfRate)), minOverTime(spanOfRate)),
        limit(usdtThresholds.jump),
      ),
      severity: 'warning',
      thresholds: { change: usdtThresholds.jump },
      windows: [threeRefreshes],
      summary: text`The USDT/VND rate moved by {{ $value | humanizePercentage }} within ${threeRefreshes}.`,
      description: text`The lowest and the highest rate of the last ${threeRefreshes} differ by {{ $value | humanizePercentage }}. A real market rarely changes by ${usdtThresholds.jump} in this time. Check the offers on Binance P2P before anyone uses the rate.`,
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateFrozen',
      expr: and(
        eq(changes(range(select(rate), sixHours)), 0),
        gt(changes(range(select(lastUpdate), sixHours)), limit(usdtThresholds.unchangedRefreshes)),
      ),
      for: pending('10m'),
      severity: 'warning',
      thresholds: { refreshes: usdtThresholds.unchangedRefreshes },
      windows: [sixHours],
      summary: 'The USDT/VND rate does not change although refreshes succeed.',
      description: text`The exporter{{ with $labels.instance }} {{ . }}{{ end }} refreshed the rate more than ${usdtThresholds.unchangedRefreshes} times within ${sixHours}, and the rate did not change. The rate of a real market changes with almost every refresh. Binance P2P probably returns an old answer.`,
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtMarketThin',
      expr: lt(usdtReading(offers), limit(usdtThresholds.fewestOffers)),
      for: pending('30m'),
      severity: 'warning',
      thresholds: { offers: usdtThresholds.fewestOffers },
      summary: 'The {{ $labels.side }} side has only {{ $value }} plausible offers.',
      description: text`The last answer of Binance P2P for the {{ $labels.side }} side contains {{ $value }} plausible offers. The usual number is ten. With fewer than ${usdtThresholds.fewestOffers} offers, a single merchant can move the rate.`,
      dashboard: 'usdt-vnd',
    },
  ],
});
