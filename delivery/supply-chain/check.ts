import { ToolchainError } from '../../toolchain/index.ts';

/** Exit codes of the checks of the supply chain. A wrong command line also exits with `findings`. */
export const exitCodes = { passed: 0, findings: 1, couldNotRun: 2 } as const;

/** Explains the exit codes in the help of each check. */
export const exitCodesText = `Exit codes: ${exitCodes.passed} no finding, ${exitCodes.findings} a finding, ${exitCodes.couldNotRun} the check could not run. A wrong command line also exits with ${exitCodes.findings}.`;

/** A check could not run. The message states what is wrong, where, what was expected and what to do. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}

/**
 * Runs a check and sets the exit code of the process.
 * @param check returns whether it has a finding
 */
export async function runCheck(check: () => boolean | Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await check()) ? exitCodes.findings : exitCodes.passed;
  } catch (error) {
    if (!(error instanceof CouldNotRun) && !(error instanceof ToolchainError)) throw error;
    console.error(error.message);
    process.exitCode = exitCodes.couldNotRun;
  }
}
