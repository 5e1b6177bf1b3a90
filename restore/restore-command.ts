import type { OpenSystem } from './systems.ts';

/** What a command line needs: folders, a terminal, and answers of the user. */
export interface RestoreCommand {
  /** The project's folder. */
  readonly root: string;
  /** Folder of the backups and journals. */
  readonly folder: string;
  readonly open: OpenSystem;
  /** Aborts when the user ends the drill. */
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks the user. @returns undefined if there is no terminal */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** @default 500 ms */
  readonly pollMs?: number;
}
