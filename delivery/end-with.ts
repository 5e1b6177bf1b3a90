import { PlanError } from '../review/plan/plan-error.ts';
import { SettingsError } from '../settings/read-settings.ts';
import { CouldNotRun } from './could-not-run.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** Runs a command, prints the message of an expected error, and sets the exit code of this process. */
export async function endWith(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const isExpected =
      error instanceof CouldNotRun || error instanceof PlanError || error instanceof SettingsError;
    if (!isExpected) throw error;
    console.error(error.message);
    process.exitCode = exitCodes.couldNotRun;
  }
}
