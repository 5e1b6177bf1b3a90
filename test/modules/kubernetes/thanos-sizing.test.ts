import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../config/quantity.ts';
import { thanosPlan } from '../../../modules/kubernetes/thanos/plan.ts';
import {
  type Demand,
  fits,
  ingesterVolumeBytes,
  maximumIngesters,
  neededIngesters,
  seriesBytes,
  thanosSize,
} from '../../../modules/kubernetes/thanos/sizing.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../../platforms/environment.ts';
import { onThanos, variants } from '../../stacks/environments.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/scaling.md'), 'utf8');

const demand = (series: number, more: Partial<Demand> = {}): Demand => ({
  series,
  scrapeIntervalSeconds: 30,
  replication: 3,
  localSeconds: 10 * 86_400,
  ...more,
});

/** Rows of the table in docs/scaling.md. Each edge has 20,000 series. */
const rows = [
  { edges: 10, gigabytes: 4.8, ingesters: 3, routers: 2, samples: 6_667 },
  { edges: 100, gigabytes: 48, ingesters: 6, routers: 2, samples: 66_667 },
  { edges: 1_000, gigabytes: 480, ingesters: 30, routers: 12, samples: 666_667 },
];

describe('the size of Thanos', () => {
  it.each(rows)('is $ingesters ingesters and $routers routers for $edges edges', (row) => {
    const needed = demand(row.edges * 20_000);
    expect(seriesBytes(needed) / 1e9).toBeCloseTo(row.gigabytes);
    const size = thanosSize(needed);
    expect(size.ingesters.replicas).toBe(row.ingesters);
    expect(size.routers.replicas).toBe(row.routers);
    expect(Math.round(size.samplesPerSecond)).toBe(row.samples);
  });

  it.each(rows)('for $edges edges is the same as in docs/scaling.md', ({ edges }) => {
    const series = edges * 20_000;
    const size = thanosSize(demand(series));
    const withObjectStore = thanosSize(demand(series, { localSeconds: 2 * 86_400 }));
    const { ingesters, routers } = size;
    const count = (value: number) => Math.round(value).toLocaleString('en-US');
    const cells = [
      count(edges),
      count(series),
      count(size.samplesPerSecond),
      `${ingesters.replicas} × ${ingesters.memory}`,
      `${routers.replicas} × ${routers.memory}`,
      ingesters.volume,
      withObjectStore.ingesters.volume,
      size.compactorVolume,
    ];
    expect(page).toContain(`\n| ${cells.join(' | ')} |\n`);
  });

  it('for 100 edges includes 3.4 to 3.8 cores for routers and ingesters', () => {
    const { routers, ingesters } = thanosSize(demand(2_000_000));
    const cores = (cpu: string) => Number.parseInt(cpu, 10) / 1000;
    const total = routers.replicas * cores(routers.cpu) + ingesters.replicas * cores(ingesters.cpu);
    expect(total).toBeGreaterThan(3.4);
    expect(total).toBeLessThan(3.8);
  });

  it('includes the memory of an empty process for each ingester', () => {
    expect(thanosSize(demand(40_000)).ingesters.memory).toBe('448Mi');
  });

  it('includes memory for each tenant after the first', () => {
    // One tenant needs 447.8 MiB, and three tenants need 463.1 MiB. The size is rounded up to a multiple of 64 MiB.
    const memoryOf = (tenants?: number) =>
      thanosSize(demand(42_700, tenants === undefined ? {} : { tenants })).ingesters.memory;
    expect([memoryOf(), memoryOf(1), memoryOf(3)]).toEqual(['448Mi', '448Mi', '512Mi']);
  });

  it('counts a tenant once if two clusters write samples for this tenant', () => {
    const scaled = variants.find(({ name }) => name === 'scaled');
    const planOf = (tenants: Readonly<Record<string, string>>) => {
      const [environment] = checkEnvironments([
        {
          ...scaled,
          central: { ...scaled?.central, expectedSeries: 42_700, thanos: { tenants } },
        } as EnvironmentValues,
      ]);
      if (!environment) throw new Error('no environment');
      return thanosPlan(environment);
    };
    const shared = planOf({ 'another-cluster': 'payments', branch: 'payments', factory: 'manufacturing' });
    expect(shared.demand.tenants).toBe(3);
    expect(shared.size.ingesters.memory).toBe('512Mi');
    expect(planOf({}).demand.tenants).toBe(1);
    expect(planOf({}).size.ingesters.memory).toBe('448Mi');
  });

  it('includes the series of the central cluster even without edges', () => {
    const [withEdge, alone] = checkEnvironments([
      onThanos,
      {
        ...onThanos,
        name: 'alone',
        edges: [],
        platform: { ...onThanos.platform, kubeconfig: { context: 'alone' } } as never,
      },
    ]);
    if (!withEdge || !alone) throw new Error('no environment');
    expect(thanosPlan(alone).demand.series).toBeGreaterThan(54_000);
    expect(thanosPlan(withEdge).demand.series - thanosPlan(alone).demand.series).toBe(20_000);
  });

  it('leaves 30 % of each ingester volume free', () => {
    // Blocks store 10 days with 2 bytes per sample. The write-ahead log stores 3 hours with 8 bytes per sample.
    const bytes = ingesterVolumeBytes(demand(30_000));
    expect(bytes * 0.7).toBeCloseTo(1_000 * (864_000 * 2 + 10_800 * 8));
    expect(thanosSize(demand(30_000)).ingesters.volume).toBe('3Gi');
  });

  it('has the number of ingesters that the environment sets', () => {
    const { ingesters } = thanosSize(demand(200_000, { ingesters: 5 }));
    expect(ingesters.replicas).toBe(5);
    expect(mebibytes(ingesters.memory)).toBeLessThan(mebibytes(thanosSize(demand(200_000)).ingesters.memory));
  });

  it('never has fewer ingesters for a larger number of series', () => {
    const series = fc.integer({ min: 1_000, max: 20_000_000 });
    fc.assert(
      fc.property(series, series, fc.constantFrom(1, 3, 5), (one, other, replication) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        const count = (value: number) => neededIngesters(demand(value, { replication }));
        expect(count(fewer)).toBeLessThanOrEqual(count(more));
      }),
      // Above 4,000,000 series, large ingesters replace small ingesters.
      { examples: [[4_000_000, 4_100_000, 3]] },
    );
  });

  it('includes a read limit: twice the planned series, at least 100,000', () => {
    // 2,000,000 series * 3 copies / 6 ingesters = 1,000,000 series in each ingester.
    const { reads, queriers } = thanosSize(demand(2_000_000));
    expect(reads.ingester).toEqual({ series: 2_000_000, samples: 480_000_000 });
    expect(reads.storeGateway).toEqual({ series: 4_000_000, samples: 960_000_000 });
    expect(queriers.concurrentQueries).toBe(20);
    const small = thanosSize(demand(20_000));
    expect(small.reads.ingester).toEqual({ series: 100_000, samples: 50_000_000 });
    expect(small.queriers.concurrentQueries).toBe(8);
  });

  it('has at least N ingesters if Thanos stores N copies of each sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 20_000_000 }),
        fc.constantFrom(1, 3, 5),
        (series, replication) => {
          const needed = demand(series, { replication });
          const ingesters = neededIngesters(needed);
          expect(fits(needed, ingesters)).toBe(true);
          expect(ingesters).toBeGreaterThanOrEqual(Math.max(3, replication));
          const size = thanosSize(needed).ingesters;
          const memory = size.replicas * mebibytes(size.memory) * 2 ** 20;
          expect(memory).toBeGreaterThan(seriesBytes(needed));
          if (replication <= 3) expect(ingesters).toBeLessThanOrEqual(maximumIngesters);
        },
      ),
    );
  });
});
