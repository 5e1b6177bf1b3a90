import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, rising, series, steady } from '../case.ts';

const target = { job: jobs.usdtExporter, instance: '10.0.0.8:5000', namespace: 'nats' } as const;
const { rate, lastUpdate, fetchErrors, offers } = usdtMetrics;
const limited = { ...target, side: 'buy', reason: 'rate_limited' } as const;
const implausible = { ...target, side: 'buy', reason: 'implausible' } as const;
const replaced = '10.0.0.9:5000';
const pushed = { job: jobs.usdtExporter } as const;
const otherJob = 'usdt-function';
const up = series(targetMetrics.up, target, steady(1));
const upOfOtherJob = series(targetMetrics.up, { ...target, job: otherJob }, steady(1));

const jump = { alert: 'UsdtRateJump', step: '5m' } as const;
const thin = { alert: 'UsdtMarketThin', step: '5m', at: '35m' } as const;

export const usdtCases: readonly AlertCase[] = [
  {
    alert: 'UsdtRateStale',
    when: 'the last successful refresh was at the start of the test',
    series: [up, series(lastUpdate, target, steady(0))],
    at: '31m30s',
    notYet: '31m',
    fires: [{ labels: target, value: 1890 }],
  },
  {
    alert: 'UsdtRateStale',
    when: 'an Azure function pushed its last rate at the start of the test, and no other exporter exists',
    series: [series(lastUpdate, pushed, steady(0))],
    at: '31m30s',
    fires: [{ labels: pushed, value: 1890 }],
  },
  {
    alert: 'UsdtRateStale',
    when: 'an exporter in the cluster replaced the Azure function, whose last rate is old',
    step: '5m',
    series: [up, series(lastUpdate, target, '0+300x20'), series(lastUpdate, pushed, steady(0))],
    at: '1h',
  },
  {
    alert: 'UsdtRateStale',
    when: 'an Azure function that pushes under another job is stale, and two exporters of the cluster answer',
    step: '5m',
    series: [
      up,
      upOfOtherJob,
      series(lastUpdate, target, '0+300x20'),
      series(lastUpdate, { job: otherJob }, steady(0)),
    ],
    at: '45m',
    fires: [{ labels: { job: otherJob }, value: 2700 }],
  },
  {
    alert: 'UsdtRateStale',
    when: 'two refreshes failed, and the third refresh succeeded',
    series: [series(lastUpdate, target, '0x59 1770x400')],
    at: '45m',
  },
  {
    alert: 'UsdtRateMissing',
    when: 'the exporter answers scrapes and has had no rate for ten minutes, and neighbours with the same job or the same instance have a rate',
    series: [
      up,
      series(rate, { ...target, job: otherJob }, steady(26_300)),
      series(rate, { ...target, instance: replaced }, steady(26_300)),
    ],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'UsdtRateMissing',
    when: 'the exporter has a rate after nine minutes, and a target of another kind has no rate',
    series: [up, upOfOtherJob, series(rate, target, '_x17 26300x400')],
    at: '20m',
  },
  {
    alert: 'UsdtFetchFailing',
    when: 'Binance answers 429 to two exporters for half an hour',
    series: [
      up,
      series(fetchErrors, limited, rising(0.1)),
      series(fetchErrors, { ...limited, instance: replaced }, rising(0.2)),
    ],
    at: '30m',
    notYet: '20m',
    fires: [{ labels: { side: 'buy', reason: 'rate_limited' }, value: 9 }],
  },
  {
    alert: 'UsdtFetchFailing',
    when: 'the first request fails after ten minutes, and a request fails again after twenty-four and thirty-eight minutes',
    step: '1m',
    series: [series(fetchErrors, limited, '0x9 1x13 2x13 3x20')],
    at: '38m',
    notYet: '29m',
    fires: [{ labels: { side: 'buy', reason: 'rate_limited' }, value: 15 / 14 }],
  },
  {
    alert: 'UsdtFetchFailing',
    when: 'three requests failed within a minute, and for a long time prices have been implausible',
    series: [series(fetchErrors, limited, '0x10 1 2 3x400'), series(fetchErrors, implausible, rising(1))],
    at: '24m',
  },
  {
    alert: 'UsdtRateImplausible',
    when: 'for an hour, every refresh of two exporters gets an implausible price',
    series: [
      up,
      series(fetchErrors, implausible, rising(0.1)),
      series(fetchErrors, { ...implausible, instance: replaced }, rising(0.2)),
    ],
    at: '1h',
    fires: [{ labels: { side: 'buy' }, value: 18 }],
  },
  {
    alert: 'UsdtRateImplausible',
    when: 'a refresh gets an implausible price for the first time',
    series: [series(fetchErrors, implausible, '0x20 1x20')],
    at: '11m',
    fires: [{ labels: { side: 'buy' }, value: 1 }],
  },
  {
    alert: 'UsdtRateImplausible',
    when: 'requests fail for another reason',
    series: [series(fetchErrors, limited, rising(1)), series(fetchErrors, implausible, steady(4))],
    at: '1h',
  },
  {
    ...jump,
    when: 'the rate rose by 3.6 % twenty minutes ago, and was lower more than half an hour ago',
    series: [series(rate, target, '20000x3 25000x3 25900x10')],
    at: '55m',
    fires: [{ labels: target, value: 0.036 }],
  },
  {
    ...jump,
    when: 'the rate fell from 26,000 to 25,000 twenty minutes ago',
    series: [series(rate, target, '26000x7 25000x10')],
    at: '55m',
    fires: [{ labels: target, value: 0.04 }],
  },
  {
    ...jump,
    when: 'the rate of one exporter rose forty minutes ago, and the rate of another exporter fell',
    series: [
      series(rate, target, '25000x3 26000x10'),
      series(rate, { ...target, instance: replaced }, '26000x3 25000x10'),
    ],
    at: '55m',
  },
  {
    ...jump,
    when: 'the rate of one exporter rises by exactly 3 %, and the rate of another exporter rises by 4 % within two hours',
    series: [
      series(rate, target, '25000x6 25750x10'),
      series(rate, { ...target, instance: replaced }, '25000+40x24'),
    ],
    at: '35m',
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the exporter has refreshed the rate eleven times without a change',
    series: [series(rate, target, steady(26_300)), series(lastUpdate, target, rising(30))],
    at: '15m30s',
    notYet: '15m',
    fires: [{ labels: target, value: 0 }],
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the rate changed eight hours ago, and the last six hours have refreshes every half hour',
    step: '30m',
    series: [series(rate, target, '25000x1 26000x30'), series(lastUpdate, target, '0+1800x30')],
    at: '9h',
    fires: [{ labels: target, value: 0 }],
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the rate changed four hours ago',
    step: '30m',
    series: [series(rate, target, '25000x9 26000x30'), series(lastUpdate, target, '0+1800x30')],
    at: '9h',
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the rate has not moved for twelve hours, and only one refresh an hour succeeds',
    step: '1h',
    series: [series(rate, target, steady(26_000)), series(lastUpdate, target, '0+3600x30')],
    at: '15h',
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the rate of one exporter moves a little, and another exporter has no successful refresh',
    series: [
      series(rate, target, '26300x100 26301x400'),
      series(lastUpdate, target, rising(30)),
      series(rate, { ...target, instance: replaced }, steady(26_300)),
      series(lastUpdate, { ...target, instance: replaced }, steady(0)),
    ],
    at: '3h',
  },
  {
    alert: 'UsdtMarketThin',
    when: 'the sell side has four plausible offers',
    series: [
      up,
      series(offers, { ...target, side: 'sell' }, steady(4)),
      series(offers, { ...target, side: 'buy' }, steady(10)),
    ],
    at: '30m',
    notYet: '29m30s',
    fires: [{ labels: { ...target, side: 'sell' }, value: 4 }],
  },
  {
    ...thin,
    when: 'an Azure function pushes four plausible offers, and no other exporter exists',
    series: [series(offers, { ...pushed, side: 'sell' }, steady(4))],
    fires: [{ labels: { ...pushed, side: 'sell' }, value: 4 }],
  },
  {
    ...thin,
    when: 'an exporter in the cluster replaced the Azure function, which pushed four plausible offers',
    series: [
      up,
      series(offers, { ...target, side: 'sell' }, steady(10)),
      series(offers, { ...pushed, side: 'sell' }, steady(4)),
    ],
  },
  {
    ...thin,
    when: 'an Azure function pushes four plausible offers under another job, and two exporters of the cluster answer',
    series: [up, upOfOtherJob, series(offers, { job: otherJob, side: 'sell' }, steady(4))],
    fires: [{ labels: { job: otherJob, side: 'sell' }, value: 4 }],
  },
  {
    alert: 'UsdtMarketThin',
    when: 'the sell side has five plausible offers',
    series: [series(offers, { ...target, side: 'sell' }, steady(5))],
    at: '1h',
  },
];

export const usdtRecordings: readonly RecordingCase[] = [
  {
    record: recorded.volatility.name,
    when: 'the rate alternates by 1 % around 26,000',
    series: [series(rate, target, '25740 26260 '.repeat(150).trim())],
    at: '2h',
    stores: [{ labels: { job: jobs.usdtExporter }, value: 0.01 }],
  },
  {
    record: recorded.volatility.name,
    when: 'the rate of one exporter rises by 2 % within the last hour and by more before, and another exporter has a constant rate',
    series: [
      series(rate, target, '18000x120 20196x59 20604x59'),
      series(rate, { ...target, instance: replaced }, steady(26_000)),
    ],
    at: '2h',
    stores: [{ labels: { job: jobs.usdtExporter }, value: 0.01 }],
  },
];
