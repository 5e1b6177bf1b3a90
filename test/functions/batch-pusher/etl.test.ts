import { describe, expect, it } from 'vitest';
import { runEtl } from '../../../functions/batch-pusher/etl.ts';
import type { EtlStage } from '../../../metrics/definitions/batch-pusher.ts';

const now = () => performance.now();

describe('the simulated ETL', () => {
  it('counts its records', async () => {
    const stages: EtlStage[] = [];
    const run = await runEtl({
      records: 700,
      durationSeconds: 0,
      now,
      onStage: (stage) => stages.push(stage),
    });
    expect(run).toMatchObject({ status: 'success', etl: { extracted: 700, transformed: 600, loaded: 600 } });
    expect(stages).toEqual(['extract', 'transform', 'load']);
  });

  it('loads the same data when it runs again with the same input', async () => {
    const [a, b, c] = await Promise.all(
      [3000, 3000, 3001].map((records) => runEtl({ records, durationSeconds: 0, now })),
    );
    expect(a?.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(a?.checksum).toBe(b?.checksum);
    expect(a?.checksum).not.toBe(c?.checksum);
  });

  it('takes the requested time', async () => {
    const startedAt = now();
    const run = await runEtl({ records: 10, durationSeconds: 0.09, now });
    const took = (now() - startedAt) / 1000;
    expect(run.durationSeconds).toBeGreaterThan(0.085);
    expect(run.durationSeconds).toBeLessThanOrEqual(took);
  });

  it.each([
    ['extract', { extracted: 0, transformed: 0, loaded: 0 }],
    ['transform', { extracted: 70, transformed: 0, loaded: 0 }],
    ['load', { extracted: 70, transformed: 60, loaded: 0 }],
  ] as const)('fails in the stage %s if failAt names this stage', async (failAt, etl) => {
    expect(await runEtl({ records: 70, durationSeconds: 0, failAt, now })).toMatchObject({
      status: 'failure',
      failedAt: failAt,
      etl,
    });
  });

  it('ends immediately with a failure when the run is interrupted', async () => {
    const abort = new AbortController();
    const run = runEtl({ records: 70, durationSeconds: 60, signal: abort.signal, now });
    setImmediate(() => abort.abort());
    expect(await run).toMatchObject({ status: 'failure', failedAt: 'extract' });
  });
});
