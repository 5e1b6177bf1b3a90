/** Options of `npm run bench`. */
export interface BenchOptions {
  /** Port offset of a pipeline that runs, for the bench of the console; undefined starts one. */
  readonly pipeline?: number;
  /** How long the bench of the console observes the heap of the page. */
  readonly minutes: number;
}
