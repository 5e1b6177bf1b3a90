import type { BatchRun, EtlRun } from '../../console/index.ts';
import type { RunAnswer } from './batch.ts';

const keep = 10;

/** Keeps the last ten runs of the batch, the newest run first. */
export class RunHistory {
  #runs: readonly BatchRun[] = [];

  get list(): readonly BatchRun[] {
    return this.#runs;
  }

  /** @throws the error of `start` */
  async record(
    by: BatchRun['by'],
    { records, failAt }: EtlRun,
    start: () => Promise<RunAnswer>,
  ): Promise<RunAnswer> {
    const startedAt = Date.now();
    let current: BatchRun = {
      startedAt,
      by,
      state: 'running',
      ...(records !== undefined && { records }),
      ...(failAt && { failAt }),
    };
    this.#runs = [current, ...this.#runs].slice(0, keep);
    const ended = (state: BatchRun['state'], error?: string) => {
      const seconds = (Date.now() - startedAt) / 1000;
      const over = { ...current, state, seconds, ...(error !== undefined && { error }) };
      this.#runs = this.#runs.map((run) => (run === current ? over : run));
      current = over;
    };
    try {
      const answer = await start();
      if (answer.status >= 300) ended('refused', answer.body.slice(0, 500));
      else ended(stateOf(answer.body));
      return answer;
    } catch (error) {
      ended('refused', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}

/** The batch-pusher answers with the field `status`, and Airflow with the field `state`. */
function stateOf(body: string): BatchRun['state'] {
  return /"(status|state)":"(failure|failed)"/.test(body) ? 'failure' : 'success';
}
