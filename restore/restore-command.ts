import type { OpenSystem } from './systems.ts';

/** The surroundings of a command line: folders, output, and the answers of the user. */
export interface RestoreCommand {
  readonly root: string;
  readonly folder: string;
  readonly open: OpenSystem;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks the user. @returns undefined if there is no terminal */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** @default 500 ms */
  readonly pollMs?: number;
}
