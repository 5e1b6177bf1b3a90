import type { FederationArguments } from './federation/options.ts';

export interface BenchOptions extends FederationArguments {
  /** Port offset of a running pipeline. */
  readonly pipeline?: number;
  /** Minutes during which the benchmark `console` measures the heap of the page. */
  readonly minutes: number;
}
