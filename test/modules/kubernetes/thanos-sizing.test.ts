import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../config/quantity.ts';
import {
  type Demand,
  fits,
  ingesterVolumeBytes,
  maximumIngesters,
  neededIngesters,
  seriesBytes,
  thanosSize,
} from '../../../modules/kubernetes/thanos/sizing.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/scaling.md'), 'utf8');

const demand = (series: number, more: Partial<Demand> = {}): Demand => ({
  series,
  scrapeIntervalSeconds: 30,
  replication: 3,
  localSeconds: 10 * 86_400,
  ...more,
});

/** The rows of docs/scaling.md: 20,000 series for each edge, every 30 s, three copies. */
const rows = [
  { edges: 10, gigabytes: 4.8, ingesters: 3, routers: 2, samples: 6_667 },
  { edges: 100, gigabytes: 48, ingesters: 6, routers: 2, samples: 66_667 },
  { edges: 1_000, gigabytes: 480, ingesters: 30, routers: 12, samples: 666_667 },
];

describe('the size of Thanos', () => {
  it.each(rows)('for $edges edges is $ingesters ingesters and $routers routers', (row) => {
    const needed = demand(row.edges * 20_000);
    expect(seriesBytes(needed) / 1e9).toBeCloseTo(row.gigabytes);
    const size = thanosSize(needed);
    expect(size.ingesters.replicas).toBe(row.ingesters);
    expect(size.routers.replicas).toBe(row.routers);
    expect(Math.round(size.samplesPerSecond)).toBe(row.samples);
  });

  it.each(rows)('for $edges edges is the size in docs/scaling.md', ({ edges }) => {
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

  it('for 100 edges needs at most the cores that were measured for their samples', () => {
    const { routers, ingesters } = thanosSize(demand(2_000_000));
    const cores = (cpu: string) => Number.parseInt(cpu, 10) / 1000;
    const total = routers.replicas * cores(routers.cpu) + ingesters.replicas * cores(ingesters.cpu);
    expect(total).toBeGreaterThan(3.4);
    expect(total).toBeLessThan(3.8);
  });

  it('gives an ingester the planned memory of its series and of an empty process', () => {
    // 40,000 series with three copies in three ingesters: 40,000 × 8 KB, and 128 MB.
    expect(thanosSize(demand(40_000)).ingesters.memory).toBe('448Mi');
  });

  it('gives an ingester a volume for its blocks and its log, of which three tenths stay free', () => {
    // 1,000 samples per second and ingester: 10 days × 2 bytes, and 3 hours × 8 bytes.
    const bytes = ingesterVolumeBytes(demand(30_000));
    expect(bytes * 0.7).toBeCloseTo(1_000 * (864_000 * 2 + 10_800 * 8));
    expect(thanosSize(demand(30_000)).ingesters.volume).toBe('3Gi');
  });

  it('uses the given number of ingesters', () => {
    const { ingesters } = thanosSize(demand(200_000, { ingesters: 5 }));
    expect(ingesters.replicas).toBe(5);
    expect(mebibytes(ingesters.memory)).toBeLessThan(mebibytes(thanosSize(demand(200_000)).ingesters.memory));
  });

  it('holds the series, whatever their number, and never has fewer ingesters than copies', () => {
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
