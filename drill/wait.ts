import { setTimeout as delay } from 'node:timers/promises';
import type { DrillStep, Problem } from './result.ts';

export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export interface Wait<T> {
  readonly step: DrillStep;
  readonly seconds: number;
  /** The drill repeats the check while the result is undefined. */
  readonly check: () => Promise<T | undefined>;
  /** Text for the error after a timeout: the expected and the actual result. */
  readonly evidence: () => Promise<string>;
  /**
   * If true, a timeout gives the verdict `not-run` instead of `failed`.
   * @default false
   */
  readonly couldNotRun?: boolean;
}

export interface WaitSettings {
  readonly pollMs: number;
  /** If the target gives no answer for this number of seconds, the whole drill ends. */
  readonly silence: number;
  readonly signal: AbortSignal;
  readonly onSilence: (message: string) => void;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** @throws StepFailed if the time is over, the target does not answer, or the drill is interrupted */
export async function waitFor<T>(
  { step, seconds, check, evidence, couldNotRun = false }: Wait<T>,
  { pollMs, silence, signal, onSilence }: WaitSettings,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let silentSince: number | undefined;
  for (;;) {
    if (signal.aborted) {
      throw new StepFailed({ step, message: 'The drill was interrupted.', couldNotRun: true });
    }
    try {
      const value = await check();
      silentSince = undefined;
      if (value !== undefined) return value;
    } catch (error) {
      silentSince ??= Date.now();
      if (Date.now() - silentSince >= silence * 1000) {
        const message = `The target does not answer: ${messageOf(error)}`;
        onSilence(message);
        throw new StepFailed({ step, message, couldNotRun: true });
      }
    }
    if (silentSince === undefined && Date.now() >= deadline) {
      const message = await evidence().catch((error) => messageOf(error));
      throw new StepFailed({ step, message, couldNotRun });
    }
    await delay(pollMs, undefined, { signal }).catch(() => {});
  }
}
