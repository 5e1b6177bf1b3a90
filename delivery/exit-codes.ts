/** Exit codes of the commands of this folder. */
export const exitCodes = {
  done: 0,
  /** A verdict of the command is negative, or the command line is wrong. */
  refused: 1,
  /** The command could not come to a verdict. */
  couldNotRun: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Text for the help of a command, such as `Exit codes: 0 every plan passes, 1 …, 2 …`. */
export function exitCodesText(done: string, refused: string, couldNotRun: string): string {
  return `Exit codes: ${exitCodes.done} ${done}, ${exitCodes.refused} ${refused} or the command line is wrong, ${exitCodes.couldNotRun} ${couldNotRun}.`;
}
