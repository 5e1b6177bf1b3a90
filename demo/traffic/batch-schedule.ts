import { setTimeout as delay } from 'node:timers/promises';
import { defaultBatchPeriod } from '../../config/knobs.ts';
import type { EtlRun } from '../../console/index.ts';
import { seconds } from '../../metrics/duration.ts';
import { exchange } from '../http-exchange.ts';
import { type Batch, type BatchMode, type RunAnswer, usualRun } from './batch.ts';
import type { RunHistory } from './run-history.ts';

const failsEvery = 7;
/** Milliseconds. The answer to a run may take this time plus the `durationSeconds` of the run. */
const pushDeadlineMs = 30_000;

/**
 * The batch-pusher runs the simulated ETL every minute. Every seventh scheduled run fails, because real jobs
 * sometimes fail. After a run by hand, the next scheduled run waits a whole minute. An earlier scheduled run would
 * overwrite the metrics of the run by hand.
 */
export class BatchSchedule implements Batch {
  readonly #url: string;
  readonly #history: RunHistory;
  readonly #periodMs: number;
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #runs = 0;
  #mode: BatchMode = 'on';
  #lastRunAt = 0;

  constructor(
    batchPusherUrl: string,
    history: RunHistory,
    periodMs = seconds(defaultBatchPeriod.laptop) * 1000,
  ) {
    this.#url = batchPusherUrl;
    this.#history = history;
    this.#periodMs = periodMs;
  }

  async start(): Promise<void> {
    this.#loop = this.#run();
  }

  async setMode(mode: BatchMode): Promise<void> {
    this.#mode = mode;
  }

  async trigger(run: EtlRun = {}): Promise<RunAnswer> {
    const deadlineMs = pushDeadlineMs + (run.durationSeconds ?? 0) * 1000;
    try {
      const { status, text } = await exchange(`${this.#url}/etl/runs`, {
        method: 'POST',
        body: usualRun(run),
        signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(deadlineMs)]),
      });
      return { status, body: text };
    } finally {
      this.#lastRunAt = Date.now();
    }
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#runs += 1;
      this.#lastRunAt = Date.now();
      const fails = this.#mode === 'failing' || this.#runs % failsEvery === 0;
      const run = usualRun(fails ? { failAt: 'transform' } : {});
      if (this.#mode !== 'off') {
        // A failed start needs no error handling, because the metrics show the growing age of the last success.
        await this.#history.record('schedule', run, () => this.trigger(run)).catch(() => {});
      }
      await this.#untilNextRun();
    }
  }

  async #untilNextRun(): Promise<void> {
    const { signal } = this.#ended;
    for (;;) {
      const remainingMs = this.#lastRunAt + this.#periodMs - Date.now();
      if (remainingMs <= 0 || signal.aborted) return;
      await delay(remainingMs, undefined, { signal }).catch(() => {});
    }
  }
}
