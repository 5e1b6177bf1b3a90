/** An advisory that does not apply to this project. */
export interface Accepted {
  /** Id of the advisory, or one of its aliases. */
  readonly id: string;
  readonly package: string;
  readonly reason: string;
  /** Last day of the acceptance, as `YYYY-MM-DD` in UTC. After this day the advisory is a finding again. */
  readonly until: string;
}

/** The audit fails if this list has an entry for a vulnerability that no package of the project has. */
export const accepted: readonly Accepted[] = [];
