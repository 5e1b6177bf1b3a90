/** Exit codes of the commands in `delivery/`. */
export const exitCodes = {
  done: 0,
  /** The verdict is negative, or the command line is wrong. */
  refused: 1,
  /** The command came to no verdict. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Meanings of the exit codes of a command. Each text is a clause, such as `the plans are accepted`. */
export interface ExitMeanings {
  readonly done: string;
  /**
   * Exit code 1 always means that the command line is wrong. This field adds a second meaning, such as
   * `a plan is not accepted`.
   * @default no second meaning
   */
  readonly refused?: string;
  readonly couldNotRun: string;
}

/** A sentence about the exit codes, for the help of a command. */
export function exitCodesText({ done, refused, couldNotRun }: ExitMeanings): string {
  const wrong = [...(refused === undefined ? [] : [refused]), 'the command line is wrong'].join(', or ');
  return `Exit codes: ${exitCodes.done} ${done}, ${exitCodes.refused} ${wrong}, ${exitCodes.couldNotRun} ${couldNotRun}.`;
}
