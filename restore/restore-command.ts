import type { OpenSystem } from './systems.ts';

/**
 * What a command of the restore drill gets from its caller: folders, output functions, and a function that asks the
 * user.
 */
export interface RestoreCommand {
  readonly root: string;
  readonly folder: string;
  readonly open: OpenSystem;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /**
   * Without `--` before the options, npm puts the options into variables such as `npm_config_yes`.
   * @default no variables
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asks the user to continue. @returns whether the user agrees; undefined if there is no terminal */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** @default 500 ms */
  readonly pollMs?: number;
}
