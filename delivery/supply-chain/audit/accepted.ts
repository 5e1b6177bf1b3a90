/** An advisory that does not apply to this project. */
export interface Accepted {
  /** Id of the advisory, or one of its aliases. */
  readonly id: string;
  readonly package: string;
  readonly reason: string;
  /** Last day of the acceptance, as `YYYY-MM-DD` in UTC. After this day the advisory is a finding again. */
  readonly until: string;
}

/** The audit also fails for an entry that matches no vulnerability of the project's packages. */
export const accepted: readonly Accepted[] = [];
