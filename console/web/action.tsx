import { useState } from 'preact/hooks';
import { ApiError } from './api.ts';

export interface Action {
  readonly busy: boolean;
  /** Why the last action failed. */
  readonly error: string | undefined;
  readonly run: (work: () => Promise<unknown>) => void;
}

/**
 * Runs an action of a button, and keeps the error of the last action.
 * @param after runs after each action, before `busy` ends
 */
export function useAction(after?: () => Promise<void>): Action {
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
    await after?.();
    setBusy(false);
  };
  return { busy, error, run: (work) => void run(work) };
}

/** The error of an action, as a screen reader announces it. */
export function ActionError({ error }: { readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <span class="error-text" role="alert">
      {error}
    </span>
  );
}
