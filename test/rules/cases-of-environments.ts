import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { type AlertCase, series, steady } from './case.ts';

const target = { cluster: 'a', instance: 'b', job: 'c' } as const;
const exporter = { instance: 'b', job: 'usdt-exporter' } as const;
const dag = { job: 'batch', dag_id: 'etl' } as const;

const used = (of1000: number) => [
  series(natsMetrics.connections, target, steady(of1000)),
  series(natsMetrics.maxConnections, target, steady(1000)),
];

export const casesOfEnvironments: Readonly<Record<string, readonly AlertCase[]>> = {
  adjusted: [
    {
      alert: 'NatsConnectionsNearLimit',
      when: '920 of 1000 connections have been open for ten minutes',
      series: used(920),
      at: '10m',
      notYet: '9m30s',
      fires: [{ labels: target, value: 0.92 }],
    },
    {
      alert: 'NatsConnectionsNearLimit',
      when: '880 of 1000 connections are open',
      series: used(880),
      at: '1h',
    },
    {
      alert: 'UsdtRateStale',
      when: 'the rate is slightly older than 15 minutes',
      series: [series(usdtMetrics.lastUpdate, exporter, steady(0))],
      at: '16m30s',
      notYet: '16m',
      fires: [{ labels: exporter, value: 990 }],
    },
    {
      alert: 'UsdtRateStale',
      when: 'the rate is exactly 15 minutes old',
      series: [series(usdtMetrics.lastUpdate, exporter, steady(0))],
      at: '15m',
    },
    {
      alert: 'BatchRunSlow',
      when: 'runs take 10 s, and the last run took 60 s',
      series: [series(batchMetrics.durationSeconds, dag, '10x200 60x100')],
      at: '1h41m30s',
      notYet: '1h41m',
      fires: [{ labels: dag, value: 60 }],
    },
    {
      alert: 'BatchRunSlow',
      when: 'runs take 10 s, and the last run took 27 s',
      series: [series(batchMetrics.durationSeconds, dag, '10x200 27x100')],
      at: '1h41m30s',
    },
  ],
};
