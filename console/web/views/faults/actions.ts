import { useState } from 'preact/hooks';
import { ApiError, call } from '../../api.ts';
import { live } from '../../live.ts';

export interface Action {
  readonly busy: boolean;
  /** Reason why the last action failed; undefined after a success. */
  readonly error: string | undefined;
  readonly run: (work: () => Promise<unknown>) => void;
}

/**
 * Runs actions one after another and keeps the error of the last action. After an action, the page shows the new state
 * at once.
 */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown.message : String(thrown));
    }
    await refresh();
    setBusy(false);
  };
  return { busy, error, run: (work) => void run(work) };
}

/** Reads the faults and the schedule now, because the next live event can be a second later. */
async function refresh(): Promise<void> {
  const [faults, schedule] = await Promise.allSettled([call('/api/faults'), call('/api/schedule')]);
  if (faults.status === 'fulfilled') live.faults.value = faults.value as never;
  if (schedule.status === 'fulfilled') live.schedule.value = schedule.value as never;
}
