/** Exit codes of the commands of this folder. */
export const exitCodes = {
  done: 0,
  /** A verdict of the command is negative, or the command line is wrong. */
  refused: 1,
  /** The command could not come to a verdict. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The meanings of the exit codes of a command, as clauses. */
export interface ExitMeanings {
  readonly done: string;
  /** @default the command has no negative verdict */
  readonly refused?: string;
  readonly couldNotRun: string;
}

/** A sentence about the exit codes, for the help of a command. */
export function exitCodesText({ done, refused, couldNotRun }: ExitMeanings): string {
  const wrong = [...(refused === undefined ? [] : [refused]), 'the command line is wrong'].join(', or ');
  return `Exit codes: ${exitCodes.done} ${done}, ${exitCodes.refused} ${wrong}, ${exitCodes.couldNotRun} ${couldNotRun}.`;
}
