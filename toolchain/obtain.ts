import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tryInOrder } from './attempt.ts';
import { explainSystemError, interrupted, ToolchainError } from './error.ts';
import { findPresent, type ObtainedProgram } from './present.ts';
import type { Program, ProgramName } from './programs.ts';
import { createRun, type ObtainOptions, type Run } from './run.ts';

/** At run time, only the requested programs are present. */
export type Programs = Readonly<Record<ProgramName, ObtainedProgram>>;

/** Maximum age of a scratch folder, in milliseconds. No download or build takes one day. */
const leftAfterMs = 24 * 60 * 60_000;

/**
 * Obtains the pinned programs from the sources of PROGRAMS_FROM.
 * @throws ToolchainError with the remedy
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
  try {
    signal?.throwIfAborted();
    // Programs can share an archive. The download for an earlier program may have stored this program too.
    return (await findPresent(run, program)) ?? (await obtainInScratch(run, program));
  } catch (error) {
    if (signal?.aborted && !(error instanceof ToolchainError)) throw interrupted(doing, error);
    throw explainSystemError(error, doing, run.cacheDir);
  }
}

async function obtainInScratch(run: Run, program: Program): Promise<ObtainedProgram> {
  const folder = join(run.cacheDir, 'scratch');
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const scratch = await mkdtemp(join(folder, `${program.bundle}.`));
  try {
    return await tryInOrder(run, program, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const left of await readdir(folder)) {
    const path = join(folder, left);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > leftAfterMs) await rm(path, { recursive: true, force: true });
  }
}
