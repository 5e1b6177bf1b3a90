/** Branches of one rule that no test exercises, and the reason why they need no test. */
export interface Unexercised {
  readonly rule: string;
  readonly branches: readonly string[];
  readonly reason: string;
}

export const unexercised: readonly Unexercised[] = [];

/** The reason why the branch needs no test. */
export const reasonOf = (rule: string, branch: string): string | undefined =>
  unexercised.find((one) => one.rule === rule && one.branches.includes(branch))?.reason;
