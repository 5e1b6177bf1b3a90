import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryInOrder } from './attempt.ts';
import { explainSystemError, interrupted, ToolchainError } from './error.ts';
import { withLock } from './lock.ts';
import { findPresent, type ObtainedProgram } from './present.ts';
import type { Program, ProgramName } from './programs.ts';
import { createRun, type ObtainOptions, type Run } from './run.ts';

/** With `names`, only those are there. */
export type Programs = Readonly<Record<ProgramName, ObtainedProgram>>;

/**
 * Obtains the pinned programs, each from the first source that has it: PATH, then the project's release archive, then
 * a build of its Go module. What was downloaded or built is kept in the user's cache, so that a second start finds it
 * in milliseconds. Throws a ToolchainError that says what to do.
 */
export async function obtainPrograms(options: ObtainOptions = {}): Promise<Programs> {
  const run = createRun(options);
  const obtained: Partial<Record<ProgramName, ObtainedProgram>> = {};
  try {
    const present = await Promise.all(run.names.map((name) => findPresent(run, run.programs[name])));
    for (const [index, name] of run.names.entries()) {
      obtained[name] = present[index] ?? (await obtainMissing(run, run.programs[name]));
      run.report(name, { step: 'ready' });
    }
  } finally {
    await run.close();
  }
  return obtained as Programs;
}

async function obtainMissing(run: Run, program: Program): Promise<ObtainedProgram> {
  const { signal } = run;
  const doing = `obtaining ${program.name} ${program.version}`;
  const onWait = () => run.report(program.name, { step: 'waiting' });
  try {
    signal?.throwIfAborted();
    return await withLock(join(run.cacheDir, 'locks', program.bundle), { signal, onWait }, async () => {
      // whoever held the lock may have made it
      return (await findPresent(run, program)) ?? (await obtainInScratch(run, program));
    });
  } catch (error) {
    if (signal?.aborted && !(error instanceof ToolchainError)) throw interrupted(doing, error);
    throw explainSystemError(error, doing, run.cacheDir);
  }
}

async function obtainInScratch(run: Run, program: Program): Promise<ObtainedProgram> {
  const folder = join(run.cacheDir, 'scratch');
  await mkdir(folder, { recursive: true });
  // holding the lock, what is left of this bundle belongs to a process that was killed
  const prefix = `${program.bundle}.`;
  for (const left of await readdir(folder)) {
    if (left.startsWith(prefix)) await rm(join(folder, left), { recursive: true, force: true });
  }
  const scratch = join(folder, `${prefix}${process.pid}`);
  await mkdir(scratch);
  try {
    return await tryInOrder(run, program, scratch);
  } finally {
    // should it fail, the next holder of the lock removes what is left
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
