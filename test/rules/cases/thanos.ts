import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { thanosReceiveMetrics } from '../../../metrics/definitions/thanos.ts';
import { jobs, laptopThanosJobs } from '../../../sources/index.ts';
import { type AlertCase, series, steady } from '../case.ts';

const router = { job: jobs.thanosRouter, instance: 'router-a:10902' } as const;
const otherRouter = { job: jobs.thanosRouter, instance: 'router-b:10902' } as const;
const querier = { job: jobs.thanosQuery, instance: 'query-a:10902' } as const;
const ruler = { job: jobs.thanosRuler, instance: 'ruler-0:10902' } as const;
const compactor = { job: jobs.thanosCompactor, instance: 'compactor-0:10902' } as const;
const ingester = (number: number) =>
  ({ job: jobs.thanosIngester, instance: `ingester-${number}:10902` }) as const;
const third = { job: 'thanos-of-another-team', instance: router.instance } as const;
const { up } = targetMetrics;
const { replicationFactor, hashringHash, hashringNodes, hashringLoaded } = thanosReceiveMetrics;

/** Programs that are not ingesters. The rules must not count the programs as hashring members. */
const neighbours = [
  series(up, router, steady(1)),
  series(up, third, steady(1)),
  series(hashringNodes, { ...third, name: '' }, steady(9)),
  series(replicationFactor, third, steady(9)),
];
const ring = (copies: number, ...states: readonly number[]) => [
  ...neighbours,
  series(hashringNodes, { ...router, name: '' }, steady(states.length)),
  series(replicationFactor, router, steady(copies)),
  ...states.map((state, number) => series(up, ingester(number), steady(state))),
];
const mismatch = { alert: 'ThanosHashringMismatch', step: '5m', at: '15m' } as const;
const agreed = (metric: typeof hashringHash | typeof hashringNodes | typeof hashringLoaded, value: number) =>
  [router, otherRouter].map((one) => series(metric, one, steady(value)));

export const thanosCases: readonly AlertCase[] = [
  {
    alert: 'ThanosMemberDown',
    when: 'the scrapes of an ingester fail, and the scrapes of a router succeed',
    series: [series(up, ingester(1), steady(0)), series(up, router, steady(1))],
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: ingester(1), value: 0 }],
  },
  {
    alert: 'ThanosMemberDown',
    when: 'an exporter that is no part of Thanos does not answer, and every member answers',
    series: [
      series(up, { job: jobs.nodeExporter, instance: 'n1' }, steady(0)),
      ...[router, querier, ruler, compactor, ingester(0)].map((one) => series(up, one, steady(1))),
    ],
    at: '20m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of three ingesters is down',
    series: ring(3, 1, 0, 1),
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of three ingesters of the hashring has no target',
    series: [...ring(3, 1, 1), series(hashringNodes, { ...otherRouter, name: '' }, steady(3))],
    at: '5m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'no ingester has a target',
    series: [...ring(3), series(hashringNodes, { ...otherRouter, name: '' }, steady(3))],
    at: '5m',
    fires: [{ labels: {}, value: 3 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'a receiver of the laptop, which is a router and an ingester, is down',
    series: [1, 2, 3].flatMap((number) => {
      const receiver = { job: laptopThanosJobs.receive, instance: `127.0.0.1:90${number}0` } as const;
      return [
        series(up, receiver, steady(number === 2 ? 0 : 1)),
        ...(number === 2
          ? []
          : [
              series(hashringNodes, { ...receiver, name: '' }, steady(3)),
              series(replicationFactor, receiver, steady(3)),
            ]),
      ];
    }),
    at: '5m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'all ingesters answer',
    series: ring(3, 1, 1, 1),
    at: '30m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of five ingesters is down, and each sample has five copies',
    series: [...ring(3, 1, 1, 1, 1, 0), series(replicationFactor, otherRouter, steady(5))],
    at: '30m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of four ingesters is down, and each sample has four copies',
    series: ring(4, 1, 1, 1, 0),
    at: '10m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'two of five ingesters are down, and each sample has five copies',
    series: ring(5, 1, 1, 1, 0, 0),
    at: '10m',
    fires: [{ labels: {}, value: 2 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'two of five ingesters of the hashring have no target, and each sample has five copies',
    series: [...ring(5, 1, 1, 1), series(hashringNodes, { ...otherRouter, name: '' }, steady(5))],
    at: '5m',
    fires: [{ labels: {}, value: 2 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'all ingesters answer, and each sample has one copy',
    series: ring(1, 1, 1),
    at: '10m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'the only ingester of the hashring has no target',
    series: [...ring(4), series(hashringNodes, { ...otherRouter, name: '' }, steady(1))],
    at: '5m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    ...mismatch,
    when: 'the files of two routers have the same number of ingesters and different hashes',
    series: [
      series(hashringHash, router, steady(11)),
      series(hashringHash, otherRouter, steady(12)),
      ...agreed(hashringNodes, 3),
      ...agreed(hashringLoaded, 1),
    ],
    fires: [{ labels: {}, value: 1 }],
  },
  {
    ...mismatch,
    when: 'two routers have the same hash and a different number of ingesters',
    series: [
      ...agreed(hashringHash, 11),
      series(hashringNodes, { ...router, name: '' }, steady(3)),
      series(hashringNodes, { ...otherRouter, name: '' }, steady(4)),
      ...agreed(hashringLoaded, 1),
    ],
    fires: [{ labels: {}, value: 1 }],
  },
  {
    ...mismatch,
    when: 'the routers agree, and routers of another team have other files, which they could not load',
    series: [
      ...agreed(hashringHash, 11),
      ...agreed(hashringNodes, 3),
      ...agreed(hashringLoaded, 1),
      series(hashringHash, third, steady(5)),
      series(hashringNodes, { ...third, name: '' }, steady(1)),
      series(hashringLoaded, third, steady(0)),
      series(hashringHash, { ...third, instance: 'router-d:10902' }, steady(50)),
      series(hashringNodes, { ...third, instance: 'router-d:10902', name: '' }, steady(9)),
    ],
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'a router keeps the file with three ingesters, and another router has the file with four',
    series: [
      series(hashringHash, router, steady(11)),
      series(hashringHash, otherRouter, '11x20 12x400'),
      series(hashringNodes, { ...router, name: '' }, steady(3)),
      series(hashringNodes, { ...otherRouter, name: '' }, '3x20 4x400'),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(1)),
    ],
    at: '20m30s',
    notYet: '20m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'a router cannot load its file, and keeps the earlier hashring',
    series: [
      series(hashringHash, router, steady(11)),
      series(hashringHash, otherRouter, steady(11)),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(0)),
    ],
    at: '10m',
    fires: [{ labels: {}, value: 0 }],
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'both routers load a new file within five minutes',
    series: [
      series(hashringHash, router, '11x20 12x400'),
      series(hashringHash, otherRouter, '11x30 12x400'),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(1)),
    ],
    at: '25m',
  },
];
