import { PlanError } from '../review/plan/plan-error.ts';
import { SettingsError } from '../settings/read-settings.ts';
import { SynthesisError } from '../synthesis/synthesis-error.ts';
import { ToolchainError } from '../toolchain/error.ts';
import { CouldNotRun } from './could-not-run.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const expected = [CouldNotRun, PlanError, SettingsError, SynthesisError, ToolchainError];

/** Runs a command, prints the message of an expected error, and sets the exit code of this process. */
export async function endWith(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    process.exitCode = exitCodes.couldNotRun;
  }
}
