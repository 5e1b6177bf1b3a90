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

/** The last packages of a program stand on one another: while they are compiled and linked, other processors are idle. */
const lastPackages = 8;

/**
 * Obtains the pinned programs, each from the first source that has it: PATH, then the project's release archive, then
 * a build of its Go module. What was downloaded or built is kept in the user's cache, so that a second start finds it
 * in milliseconds. They come in their order; one begins when another is built but for its last packages. Throws a
 * ToolchainError that says what to do.
 */
export async function obtainPrograms(options: ObtainOptions = {}): Promise<Programs> {
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const run = createRun({ ...options, signal });
  const obtained: Partial<Record<ProgramName, ObtainedProgram>> = {};
  const failures: unknown[] = [];
  let turn = Promise.resolve();
  try {
    const present = await Promise.all(run.names.map((name) => findPresent(run, run.programs[name])));
    const obtaining = run.names.map(async (name, index) => {
      const before = turn;
      let pass = () => {};
      turn = new Promise((resolve) => {
        pass = resolve;
      });
      await before;
      try {
        obtained[name] =
          present[index] ?? (await obtainMissing(passing(run, index, pass), run.programs[name]));
        run.report(name, { step: 'ready' });
      } catch (error) {
        // The others end with it, and what they say of that is not the cause.
        if (!failed.signal.aborted || options.signal?.aborted) failures[index] = error;
        failed.abort();
      } finally {
        pass();
      }
    });
    await Promise.all(obtaining);
    for (const failure of Object.values(failures)) throw failure;
  } finally {
    await run.close();
  }
  return obtained as Programs;
}

/** The run as one program sees it, which lets the next one begin when only its last packages are left. */
function passing(run: Run, index: number, pass: () => void): Run {
  const [bundle, next] = [index, index + 1].map((i) => run.programs[run.names[i] as ProgramName]?.bundle);
  // Programs of one module are made one after another: they have one lock.
  if (bundle === next) return run;
  return {
    ...run,
    report: (program, what) => {
      run.report(program, what);
      const { step, done = 0, total = 0 } = what;
      if (step === 'building' && done >= total - lastPackages) pass();
    },
  };
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
