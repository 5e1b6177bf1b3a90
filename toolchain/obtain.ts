import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CachedOrigin, commitEntry, entryFolder, readEntry } from './cache.ts';
import { explainSystemError, interrupted, SourceUnavailable, ToolchainError } from './error.ts';
import { withLock } from './lock.ts';
import { askVersion } from './program-version.ts';
import type { Program, ProgramName } from './programs.ts';
import { recipeHash } from './recipe.ts';
import { downloadRelease, findUnpacked } from './release.ts';
import { createRun, type ObtainOptions, type Run } from './run.ts';
import type { SourceName } from './settings.ts';
import { buildFromSource } from './source.ts';
import { minorOf } from './version.ts';

export interface ObtainedProgram {
  readonly name: ProgramName;
  readonly version: string;
  readonly path: string;
  readonly origin: SourceName;
  /** Whether the program brings its web page: release archives do, Go modules of prometheus and alertmanager do not. */
  readonly webUi: boolean;
}

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

/** What is there without any work: on PATH or in the cache. */
async function findPresent(run: Run, program: Program): Promise<ObtainedProgram | undefined> {
  for (const source of run.sources) {
    if (source === 'path') {
      const found = await run.pathSearch.find(program, run.signal);
      if (found !== undefined) return { name: program.name, origin: 'path', ...found };
    } else {
      const path = await readEntry(cacheEntry(run, program, source), program);
      if (path !== undefined) return cached(program, source, path);
    }
  }
  return undefined;
}

function cacheEntry(run: Run, program: Program, origin: CachedOrigin): string {
  const recipe = origin === 'source' ? recipeHash(program, run.platform, run.bundles) : undefined;
  return entryFolder(run.cacheDir, program, run.platform, origin, recipe);
}

function cached(program: Program, origin: CachedOrigin, path: string): ObtainedProgram {
  const webUi = origin === 'release' || program.webUiFromSource;
  return { name: program.name, version: program.version, path, origin, webUi };
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

async function tryInOrder(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
  const failures: { source: SourceName; error: SourceUnavailable }[] = [];
  for (const source of run.sources) {
    try {
      const known = run.unavailable.get(source);
      if (known !== undefined) throw known;
      if (source === 'path') throw notOnPath(program);
      return await (source === 'release' ? fromRelease : fromSource)(run, program, scratch);
    } catch (error) {
      if (!(error instanceof SourceUnavailable)) throw error;
      if (error.forAll) run.unavailable.set(source, error);
      failures.push({ source, error });
    }
  }
  const reasons = failures.map(({ source, error }) => `\n  ${source}: ${error.message}`).join('');
  const remedy = failures.at(-1)?.error.remedy ?? '';
  throw new ToolchainError(`${program.name} ${program.version} could not be obtained.${reasons}`, remedy);
}

function notOnPath({ name, version }: Program): SourceUnavailable {
  const wanted = `${name} ${minorOf(version)}`;
  return new SourceUnavailable(
    `there is no ${wanted} (${version} or a later patch)`,
    `Install ${wanted}, or allow more sources with PROGRAMS_FROM=path,release,source.`,
  );
}

async function fromRelease(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
  const onBytes = (done: number, total: number | undefined) =>
    run.report(program.name, { step: 'downloading', done, unit: 'bytes', ...(total && { total }) });
  const unpacked = await downloadRelease(program, { ...run, ...run.releases, scratch, onBytes });
  // an archive of several programs is downloaded once
  const siblings = Object.values(run.programs).filter(({ bundle }) => bundle === program.bundle);
  for (const sibling of siblings.filter(({ name }) => name !== program.name)) {
    const binary = await findUnpacked(unpacked, sibling.name);
    if (binary !== undefined) await keep(run, sibling, 'release', binary, scratch);
  }
  const binary = await findUnpacked(unpacked, program.name);
  if (binary === undefined) {
    throw new SourceUnavailable(`the archive holds no ${program.name}`, 'Build it: PROGRAMS_FROM=source.');
  }
  return keep(run, program, 'release', binary, scratch);
}

async function fromSource(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
  const binary = await buildFromSource(program, {
    ...run,
    scratch,
    onStep: (step) => run.report(program.name, step),
  });
  return keep(run, program, 'source', binary, scratch);
}

/** Only a program that runs and says the pinned version enters the cache. */
async function keep(run: Run, program: Program, origin: CachedOrigin, binary: string, scratch: string) {
  const { version, output } = await askVersion(binary, run.env, run.signal);
  run.signal?.throwIfAborted();
  if (version !== program.version) {
    const said = output.split('\n', 1)[0];
    throw new SourceUnavailable(
      `what came is not ${program.name} ${program.version}; asked for its version it says "${said}"`,
      `Put ${program.name} ${minorOf(program.version)} on PATH, then run this again.`,
    );
  }
  const path = await commitEntry(cacheEntry(run, program, origin), program, binary, scratch);
  return cached(program, origin, path);
}
