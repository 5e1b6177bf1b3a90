import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

export type BatchMode = 'on' | 'off' | 'failing';
export type Stage = 'extract' | 'transform' | 'load';

export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: Stage;
}

const periodMs = 60_000;
const failsEvery = 7;
const deadlineMs = 30_000;

/** Runs the simulated ETL every minute through the batch-pusher; every seventh run fails, as runs do. */
export class BatchSchedule {
  readonly #url: string;
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #runs = 0;
  mode: BatchMode = 'on';

  constructor(batchPusherUrl: string) {
    this.#url = batchPusherUrl;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** One run, now. @throws Error when the batch-pusher is gone; @returns its HTTP status and answer */
  async trigger(run: EtlRun = {}): Promise<{ status: number; body: string }> {
    const response = await request(`${this.#url}/etl/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run }),
      signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(deadlineMs)]),
    });
    return { status: response.statusCode, body: await response.body.text() };
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#runs += 1;
      const fails = this.mode === 'failing' || this.#runs % failsEvery === 0;
      // A run that cannot be started shows in the metrics: the last success ages.
      if (this.mode !== 'off') await this.trigger(fails ? { failAt: 'transform' } : {}).catch(() => {});
      await delay(periodMs, undefined, { signal: this.#ended.signal }).catch(() => {});
    }
  }
}
