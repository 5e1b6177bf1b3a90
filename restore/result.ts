import { exitCodes } from '../drill/result.ts';
import type { Part } from './part.ts';

export type RestoreStep = 'record' | 'backup' | 'erase' | 'restore' | 'compare';

export interface RestoreProblem {
  readonly step: RestoreStep;
  readonly message: string;
}

export type RestoreVerdict = 'passed' | 'failed';

export interface StoreResult {
  readonly store: string;
  readonly program: string;
  readonly verdict: RestoreVerdict;
  readonly problems: readonly RestoreProblem[];
  readonly parts: readonly Part[];
  readonly bytes?: number;
  readonly backupSeconds?: number;
  /** The recovery time: seconds from the deletion until the store was complete again. */
  readonly recoverySeconds?: number;
  /** The recovery point: seconds from the last restored data until the deletion. */
  readonly lostSeconds?: number;
}

export interface RestoreResult {
  readonly stores: readonly StoreResult[];
  readonly problems: readonly string[];
  readonly seconds: number;
  /** Seconds from the stop of the programs until the whole system works. Undefined after a failure. */
  readonly recoverySeconds?: number;
}

export function exitCodeOf({ stores, problems }: RestoreResult): number {
  const isBad = problems.length > 0 || stores.some(({ verdict }) => verdict === 'failed');
  return isBad ? exitCodes.failed : exitCodes.passed;
}
