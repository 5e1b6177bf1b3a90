import type { FederationArguments } from './federation/options.ts';

export interface BenchOptions extends FederationArguments {
  /** Only for the console: port offset of a running pipeline. Undefined: the bench starts a pipeline. */
  readonly pipeline?: number;
  /** Only for the console: duration of the heap measurement in minutes. */
  readonly minutes: number;
}
