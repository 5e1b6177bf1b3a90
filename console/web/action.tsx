import { useState } from 'preact/hooks';
import { ApiError } from './api.ts';

export interface Action {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly run: (work: () => Promise<unknown>) => void;
}

/** @param after runs after each action, while `busy` is still true */
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

export function ActionError({ error }: { readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <span class="error-text" role="alert">
      {error}
    </span>
  );
}
