import { usdtRefresh } from '../config/knobs.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { usdtMetrics } from '../metrics/definitions/usdt.ts';
import { lookback, multiple, pending } from '../metrics/duration.ts';
import {
  and,
  avgOverTime,
  changes,
  div,
  eq,
  gt,
  increase,
  inSeconds,
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
import type { RuleGroup } from './rule.ts';
import { usdtReading } from './selectors.ts';

const { rate, lastUpdate, fetchErrors, offers } = usdtMetrics;

const threeRefreshes = multiple(3, usdtRefresh);
/** Longer than the longest pause between attempts, so that a lasting failure is seen without a gap. */
const attempts = { production: '15m', laptop: '25s' } as const;
const spanOfRate = range(select(rate), threeRefreshes);

/** Whether the rate is there, is fresh and can be believed. */
export const usdtRules: RuleGroup = {
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
      expr: gt(sub(time(), usdtReading(lastUpdate)), inSeconds(threeRefreshes)),
      for: pending('1m'),
      severity: 'critical',
      summary: 'The USDT/VND rate is {{ $value | humanizeDuration }} old.',
      description:
        'No refresh has succeeded for {{ $value | humanizeDuration }}, three times the time between refreshes or more. What is shown is the last good rate, no longer the market’s.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateMissing',
      expr: unless(eq(select(targetMetrics.up, { job: jobs.usdtExporter }), 1), select(rate), {
        on: ['job', 'instance'],
      }),
      for: pending('10m'),
      severity: 'critical',
      summary: 'The USDT exporter {{ $labels.instance }} has no rate at all.',
      description:
        '{{ $labels.instance }} answers and has never had a good answer from Binance P2P since it started.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtFetchFailing',
      expr: gt(
        sum(increase(range(select(fetchErrors, { reason: not('implausible') }), attempts)), [
          'side',
          'reason',
        ]),
        0,
      ),
      // Longer than the window: one bad moment does not page, a lasting failure does before the rate is stale.
      for: { production: '20m', laptop: '5s' },
      severity: 'warning',
      summary: 'Binance P2P refuses or fails the {{ $labels.side }} side: {{ $labels.reason }}.',
      description:
        '{{ $value | humanize }} requests for the {{ $labels.side }} side failed with reason {{ $labels.reason }} of late, and it goes on. The last good rate stays; it is stale after three refreshes.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateImplausible',
      expr: gt(
        sum(increase(range(select(fetchErrors, { reason: 'implausible' }), threeRefreshes)), ['side']),
        0,
      ),
      severity: 'warning',
      summary: 'Implausible prices on the {{ $labels.side }} side were refused.',
      description:
        '{{ $value | humanize }} answers for the {{ $labels.side }} side were refused as implausible within three refreshes: no positive price, or a median half as much again away from the last good rate.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateJump',
      expr: gt(div(sub(maxOverTime(spanOfRate), minOverTime(spanOfRate)), minOverTime(spanOfRate)), 0.03),
      severity: 'warning',
      summary: 'The USDT/VND rate moved by {{ $value | humanizePercentage }} within three refreshes.',
      description:
        'Between its lowest and its highest value of the last three refreshes the rate moved by {{ $value | humanizePercentage }}. A market rarely moves by 3 % in that time: check the source before anything is decided by it.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtRateFrozen',
      expr: and(
        eq(changes(range(select(rate), lookback('6h'))), 0),
        gt(changes(range(select(lastUpdate), lookback('6h'))), 10),
      ),
      for: pending('10m'),
      severity: 'warning',
      summary: 'The USDT/VND rate has not moved although it is refreshed.',
      description:
        'Refreshes succeed, and for six hours not one of them changed the rate{{ with $labels.instance }} at {{ . }}{{ end }}. A market of offers moves all the time: the upstream probably serves an old page.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'UsdtMarketThin',
      expr: lt(usdtReading(offers), 5),
      for: pending('30m'),
      severity: 'warning',
      summary: 'Only {{ $value }} plausible offers on the {{ $labels.side }} side.',
      description:
        'The {{ $labels.side }} side’s page holds {{ $value }} plausible offers where there are usually ten or more; a single merchant moves the rate.',
      dashboard: 'usdt-vnd',
    },
  ],
};
