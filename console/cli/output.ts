import type { ConsoleClient } from './client.ts';

/** A command prints `text`, or with the option `--json` prints `data`. */
export interface Output {
  readonly text: string;
  readonly data: unknown;
}

/** Runs the work of a command, and prints its output or its error. */
export type Run = (work: (client: ConsoleClient) => Promise<Output>) => Promise<void>;
