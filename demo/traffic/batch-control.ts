import { defaultBatchPeriod } from '../../config/knobs.ts';
import {
  type BatchControls,
  type BatchRun,
  type BatchSchedule,
  ControlFailed,
  type EtlRun,
} from '../../console/index.ts';
import { seconds } from '../../metrics/duration.ts';
import { type Batch, type BatchMode, type RunAnswer, usualRun } from './batch.ts';
import type { RunHistory } from './run-history.ts';

export class BatchControl implements BatchControls {
  readonly #batch: Batch;
  readonly #history: RunHistory;
  #mode: BatchMode = 'on';
  #held: BatchMode | undefined;

  constructor(batch: Batch, history: RunHistory) {
    this.#batch = batch;
    this.#history = history;
  }

  schedule(): BatchSchedule {
    return {
      mode: this.#mode,
      ...(this.#held && { held: this.#held }),
      periodSeconds: seconds(defaultBatchPeriod.laptop),
    };
  }

  runs(): readonly BatchRun[] {
    return this.#history.list;
  }

  /** @throws ControlFailed */
  async setMode(mode: BatchMode): Promise<void> {
    if (!this.#held) {
      await this.#batch.setMode(mode).catch((error: Error) => {
        throw new ControlFailed(
          `The mode of the batch did not change: ${error.message}. Check that Airflow runs, then set the mode again.`,
        );
      });
    }
    this.#mode = mode;
  }

  /** @param mode undefined restores the mode that the user selected */
  async hold(mode: BatchMode | undefined): Promise<void> {
    await this.#batch.setMode(mode ?? this.#mode);
    this.#held = mode;
  }

  /** @throws ControlFailed if the batch-pusher or Airflow is not reachable */
  async run(run: EtlRun): Promise<RunAnswer> {
    const complete = usualRun(run);
    try {
      return await this.#history.record('hand', complete, () => this.#batch.trigger(complete));
    } catch (error) {
      throw new ControlFailed(
        `The batch did not run: ${error instanceof Error ? error.message : String(error)}. If the pipeline has Airflow, check that Airflow runs. Otherwise, check that batch-pusher runs. Then start the run again.`,
      );
    }
  }
}
