import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../config/quantity.ts';
import { type AgentDemand, agentSize, logBytes } from '../../../modules/kubernetes/edge/sizing.ts';

const demand = (series: number, outageSeconds = 6 * 3600): AgentDemand => ({
  series,
  scrapeIntervalSeconds: 30,
  outageSeconds,
});

/** Rows of the table in docs/add-an-edge.md. */
const rows = [
  { series: 20_000, hours: 2, mebibytes: 184 },
  { series: 20_000, hours: 6, mebibytes: 321 },
  { series: 200_000, hours: 6, mebibytes: 3_210 },
  { series: 1_000_000, hours: 6, mebibytes: 16_046 },
];

describe('the size of an agent', () => {
  it.each(rows)('reserves $mebibytes MiB for $series series and $hours h of outage', (row) => {
    const bytes = logBytes(demand(row.series, row.hours * 3600));
    expect(Math.ceil(bytes / 2 ** 20)).toBe(row.mebibytes);
  });

  it('reserves log space for the longest planned outage plus three hours', () => {
    // A sample needs 12 bytes, and a series 500 bytes. 20 % of the volume stays free.
    expect(logBytes(demand(30_000, 3600)) * 0.8).toBeCloseTo(1_000 * 4 * 3600 * 12 + 30_000 * 500);
  });

  it('allows at least 512 MiB of memory and at least ten remote-write shards', () => {
    const { memory, queue } = agentSize(demand(20_000));
    expect(memory).toBe('512Mi');
    expect(queue).toEqual({ maxShards: 10, capacity: 10_000, maxSamplesPerSend: 2_000 });
  });

  it('never decreases when series are added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 2_000_000 }), (series) => {
        const { memory, queue } = agentSize(demand(series));
        expect(queue.maxShards * 5_000).toBeGreaterThanOrEqual((series / 30) * 10);
        expect(mebibytes(memory)).toBeGreaterThan((series * 4_000) / 2 ** 20);
        expect(mebibytes(agentSize(demand(2 * series)).memory)).toBeGreaterThanOrEqual(mebibytes(memory));
      }),
    );
  });
});
