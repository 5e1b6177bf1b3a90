/** Exit codes of the commands in `delivery/`. */
export const exitCodes = {
  done: 0,
  /** The command found a problem, or the command line is wrong. */
  refused: 1,
  /** The command could not finish its work, for example because GitHub did not answer. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Meanings of the exit codes of a command. Each text is a clause, such as `the plans are accepted`. */
export interface ExitMeanings {
  readonly done: string;
  readonly refused?: string;
  readonly couldNotRun: string;
}

/** A sentence about the exit codes, for the help of a command. */
export function exitCodesText({ done, refused, couldNotRun }: ExitMeanings): string {
  const wrong = [...(refused === undefined ? [] : [refused]), 'the command line is wrong'].join(', or ');
  return `Exit codes: ${exitCodes.done} ${done}, ${exitCodes.refused} ${wrong}, ${exitCodes.couldNotRun} ${couldNotRun}.`;
}
