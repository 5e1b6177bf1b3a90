import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import { etlStages } from '../../metrics/definitions/batch-pusher.ts';

export interface EtlOptions {
  readonly records: number;
  /** Minimum duration of a successful run. Each stage takes at least a third of this time. */
  readonly durationSeconds: number;
  readonly failAt?: EtlStage | undefined;
  /** Ends the run with the status `failure`. */
  readonly signal?: AbortSignal;
  readonly now: () => number;
  readonly onStage?: (stage: EtlStage, seconds: number) => void;
}

export interface EtlRun {
  readonly status: 'success' | 'failure';
  readonly failedAt?: EtlStage;
  readonly durationSeconds: number;
  readonly etl: { readonly extracted: number; readonly transformed: number; readonly loaded: number };
  /** SHA-256 of the loaded records, in hexadecimal. */
  readonly checksum?: string;
}

/** After this number of records, the ETL run pauses so that the process can answer HTTP requests. */
const chunkSize = 2000;

/** Runs a small ETL on generated orders. */
export async function runEtl(options: EtlOptions): Promise<EtlRun> {
  const { records, now } = options;
  const startedAt = now();
  const counts = { extracted: 0, transformed: 0, loaded: 0 };
  // Three arrays need less memory than one object for each order.
  const quantities = new Float64Array(records);
  const prices = new Float64Array(records);
  const totals = new Float64Array(records);
  const sink = createHash('sha256');
  const stages: Readonly<Record<EtlStage, () => Promise<void>>> = {
    extract: () =>
      forEachRecord(records, (id) => {
        const [, quantity, unitPrice] = csvLine(id).split(',').map(Number);
        quantities[id] = quantity ?? 0;
        prices[id] = unitPrice ?? 0;
        counts.extracted += 1;
      }),
    transform: () =>
      forEachRecord(counts.extracted, (id) => {
        const quantity = quantities[id] ?? 0;
        if (quantity === 0) return;
        totals[counts.transformed] = Math.round(quantity * (prices[id] ?? 0) * 100) / 100;
        counts.transformed += 1;
      }),
    load: () =>
      forEachRecord(counts.transformed, (i) => {
        sink.update(`${JSON.stringify({ total: totals[i] })}\n`);
        counts.loaded += 1;
      }),
  };

  for (const stage of etlStages) {
    const stageStartedAt = now();
    if (options.failAt !== stage) await stages[stage]();
    const spare = (options.durationSeconds * 1000) / etlStages.length - (now() - stageStartedAt);
    if (spare > 0) await sleep(spare, undefined, { signal: options.signal }).catch(() => undefined);
    const failed = options.failAt === stage || options.signal?.aborted;
    options.onStage?.(stage, (now() - stageStartedAt) / 1000);
    if (failed) {
      return { status: 'failure', failedAt: stage, durationSeconds: (now() - startedAt) / 1000, etl: counts };
    }
  }
  const durationSeconds = (now() - startedAt) / 1000;
  return { status: 'success', durationSeconds, etl: counts, checksum: sink.digest('hex') };
}

function csvLine(id: number): string {
  return `${id},${id % 7},${((id * 2_654_435_761) % 100_000) / 100}`;
}

async function forEachRecord(count: number, handle: (index: number) => void): Promise<void> {
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % chunkSize === 0) await new Promise(setImmediate);
    handle(i);
  }
}
