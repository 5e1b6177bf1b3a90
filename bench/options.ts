import type { FederationArguments } from './federation/options.ts';

export interface BenchOptions extends FederationArguments {
  /** Port offset of the pipeline that the benchmark `console` uses. Undefined: the benchmark starts a pipeline. */
  readonly pipeline?: number;
  /** Minutes during which the benchmark `console` measures the heap of the page. */
  readonly minutes: number;
}
