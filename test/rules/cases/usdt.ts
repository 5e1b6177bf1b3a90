import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, rising, series, steady } from '../case.ts';

const target = { job: jobs.usdtExporter, instance: '10.0.0.8:5000', namespace: 'nats' } as const;
const { rate, lastUpdate, fetchErrors, offers } = usdtMetrics;
const limited = { ...target, side: 'buy', reason: 'rate_limited' } as const;
const implausible = { ...target, side: 'buy', reason: 'implausible' } as const;
const up = series(targetMetrics.up, target, steady(1));

export const usdtCases: readonly AlertCase[] = [
  {
    alert: 'UsdtRateStale',
    when: 'the last successful refresh was at the start of the test',
    series: [series(lastUpdate, target, steady(0))],
    at: '31m30s',
    notYet: '31m',
    fires: [{ labels: target, value: 1890 }],
  },
  {
    alert: 'UsdtRateStale',
    when: 'two refreshes failed, and the third refresh succeeded',
    series: [series(lastUpdate, target, '0x59 1770x400')],
    at: '45m',
  },
  {
    alert: 'UsdtRateMissing',
    when: 'the exporter answers scrapes, and has had no rate for ten minutes',
    series: [up],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'UsdtRateMissing',
    when: 'the exporter has a rate after nine minutes',
    series: [up, series(rate, target, '_x17 26300x400')],
    at: '20m',
  },
  {
    alert: 'UsdtFetchFailing',
    when: 'Binance answers 429 for half an hour',
    series: [series(fetchErrors, limited, rising(0.1))],
    at: '30m',
    notYet: '20m',
    fires: [{ labels: { side: 'buy', reason: 'rate_limited' }, value: 3 }],
  },
  {
    alert: 'UsdtFetchFailing',
    when: 'three requests failed within a minute, and for a long time prices have been implausible',
    series: [series(fetchErrors, limited, '0x10 1 2 3x400'), series(fetchErrors, implausible, rising(1))],
    at: '24m',
  },
  {
    alert: 'UsdtRateImplausible',
    when: 'for an hour, every refresh gets an implausible price',
    series: [series(fetchErrors, implausible, rising(0.1))],
    at: '1h',
    fires: [{ labels: { side: 'buy' }, value: 6 }],
  },
  {
    alert: 'UsdtRateImplausible',
    when: 'requests fail for another reason',
    series: [series(fetchErrors, limited, rising(1)), series(fetchErrors, implausible, steady(4))],
    at: '1h',
  },
  {
    alert: 'UsdtRateJump',
    when: 'the rate rises from 25,000 to 26,000 at once',
    series: [series(rate, target, '25000x60 26000x400')],
    at: '35m',
    fires: [{ labels: target, value: 0.04 }],
  },
  {
    alert: 'UsdtRateJump',
    when: 'the rate rises by 2 % at once, and by 4 % within two hours',
    series: [
      series(rate, target, '25000x60 25500x400'),
      series(rate, { ...target, instance: '10.0.0.9:5000' }, '25000+4x240'),
    ],
    at: '35m',
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'refreshes succeed for hours and never change the rate',
    series: [series(rate, target, steady(26_300)), series(lastUpdate, target, rising(30))],
    at: '3h',
    notYet: '14m',
    fires: [{ labels: target, value: 0 }],
  },
  {
    alert: 'UsdtRateFrozen',
    when: 'the rate of one exporter moves a little, and another exporter has no successful refresh',
    series: [
      series(rate, target, '26300x100 26301x400'),
      series(lastUpdate, target, rising(30)),
      series(rate, { ...target, instance: 'b' }, steady(26_300)),
      series(lastUpdate, { ...target, instance: 'b' }, steady(0)),
    ],
    at: '3h',
  },
  {
    alert: 'UsdtMarketThin',
    when: 'the sell side has four plausible offers',
    series: [
      series(offers, { ...target, side: 'sell' }, steady(4)),
      series(offers, { ...target, side: 'buy' }, steady(10)),
    ],
    at: '30m',
    notYet: '29m30s',
    fires: [{ labels: { ...target, side: 'sell' }, value: 4 }],
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
];
