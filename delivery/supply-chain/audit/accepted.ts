/** An advisory that does not apply to this project. */
export interface Accepted {
  /** Id of the advisory, or another id of the same vulnerability. */
  readonly id: string;
  /** Name of the package or path of the Go module. */
  readonly package: string;
  /** Why the vulnerability does not apply. */
  readonly reason: string;
  /** Last day of the acceptance, as `YYYY-MM-DD` in UTC. After this day the advisory is a finding again. */
  readonly until: string;
}

/** The reviewed advisories. An entry without a vulnerable package is a finding. */
export const accepted: readonly Accepted[] = [];
