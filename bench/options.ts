import type { FederationArguments } from './federation/options.ts';

/** Options of `npm run bench`. */
export interface BenchOptions extends FederationArguments {
  /** Port offset of a running pipeline, for the bench of the console. If undefined, the bench starts a pipeline. */
  readonly pipeline?: number;
  /** Minutes for which the bench of the console measures the heap of the page. */
  readonly minutes: number;
}
