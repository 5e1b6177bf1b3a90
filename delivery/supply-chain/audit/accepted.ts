/** An advisory that does not apply to this project. */
export interface Accepted {
  /** Id of the advisory, or one of its aliases. */
  readonly id: string;
  readonly package: string;
  readonly reason: string;
  /** Last day of the acceptance, as `YYYY-MM-DD` in UTC. After this day the advisory is a finding again. */
  readonly until: string;
}

/** The accepted advisories. An entry is a finding if no package has its vulnerability. */
export const accepted: readonly Accepted[] = [];
