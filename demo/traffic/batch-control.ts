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

/** The mode that the user chose for the batch's schedule, and the mode that a fault enforces meanwhile. */
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

  /** The mode applies at once, or when the fault that enforces a mode is restored. @throws ControlFailed */
  async setMode(mode: BatchMode): Promise<void> {
    if (!this.#held) {
      await this.#batch.setMode(mode).catch((error: Error) => {
        throw new ControlFailed(`The schedule of the batch did not change: ${error.message}`);
      });
    }
    this.#mode = mode;
  }

  /** Enforces a mode; undefined returns to the mode that the user chose. */
  async hold(mode: BatchMode | undefined): Promise<void> {
    await this.#batch.setMode(mode ?? this.#mode);
    this.#held = mode;
  }

  /** Starts one run at once. @throws ControlFailed if the runner is not reachable */
  async run(run: EtlRun): Promise<RunAnswer> {
    const complete = usualRun(run);
    try {
      return await this.#history.record('hand', complete, () => this.#batch.trigger(complete));
    } catch (error) {
      throw new ControlFailed(
        `The batch did not run: ${error instanceof Error ? error.message : String(error)}. Check the component that runs the batch, then start the run again.`,
      );
    }
  }
}
