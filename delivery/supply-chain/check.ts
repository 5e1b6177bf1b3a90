import { endWith } from '../end-with.ts';

export const exitCodes = { passed: 0, findings: 1, couldNotRun: 2 } as const;

export const exitCodesText = `Exit codes: ${exitCodes.passed} no finding, ${exitCodes.findings} a finding, ${exitCodes.couldNotRun} the check could not run. A wrong command line also exits with ${exitCodes.findings}.`;

/**
 * Sets the exit code of the process.
 * @param check returns true if the check has a finding
 */
export async function runCheck(check: () => boolean | Promise<boolean>): Promise<void> {
  await endWith(async () => ((await check()) ? exitCodes.findings : exitCodes.passed));
}
