import type { FederationArguments } from './federation/options.ts';

/** Options of `npm run bench`. */
export interface BenchOptions extends FederationArguments {
  /**
   * Only for the bench of the console: port offset of a running pipeline. If undefined, the bench starts a pipeline.
   */
  readonly pipeline?: number;
  /** Only for the bench of the console: minutes during which it measures the heap of the page. */
  readonly minutes: number;
}
