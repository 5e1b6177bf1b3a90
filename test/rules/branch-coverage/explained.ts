/** Branches of a rule that no test has to exercise, and the reason. */
export interface Unexercised {
  readonly rule: string;
  /** Names of the branches. */
  readonly branches: readonly string[];
  readonly reason: string;
}

export const unexercised: readonly Unexercised[] = [];

/** The reason why no test exercises a branch; undefined if a test must exercise it. */
export const reasonOf = (rule: string, branch: string): string | undefined =>
  unexercised.find((one) => one.rule === rule && one.branches.includes(branch))?.reason;
