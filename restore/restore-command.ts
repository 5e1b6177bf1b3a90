import type { OpenSystem } from './systems.ts';

/** Inputs that the caller passes to a command of the restore drill. */
export interface RestoreCommand {
  readonly root: string;
  readonly folder: string;
  readonly open: OpenSystem;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Environment variables. Without `--`, npm turns options into variables such as `npm_config_yes`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asks the user to continue. @returns whether the user agrees; undefined if there is no terminal */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** @default 500 ms */
  readonly pollMs?: number;
}
