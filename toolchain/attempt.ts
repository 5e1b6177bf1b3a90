import { type CachedOrigin, commitEntry } from './cache.ts';
import { SourceUnavailable, ToolchainError } from './error.ts';
import { cached, cacheEntry, type ObtainedProgram } from './present.ts';
import { askVersion } from './program-version.ts';
import type { Program } from './programs.ts';
import { downloadRelease, findUnpacked } from './release.ts';
import { otherWay } from './remedy.ts';
import type { Run } from './run.ts';
import type { SourceName } from './settings.ts';
import { buildFromSource } from './source.ts';
import { minorOf } from './version.ts';

/**
 * Uses the first working source in `run.sources`.
 * @throws ToolchainError if every source fails
 */
export async function tryInOrder(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
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
    `PATH has no ${wanted} (${version} or a later patch version)`,
    `Install ${wanted}, or allow more sources with PROGRAMS_FROM=path,release,source.`,
  );
}

async function fromRelease(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
  const onBytes = (done: number, total: number | undefined) =>
    run.report(program.name, { step: 'downloading', done, unit: 'bytes', ...(total && { total }) });
  const unpacked = await downloadRelease(program, { ...run, ...run.releases, scratch, onBytes });
  // An archive can contain several programs. Storing every program avoids a second download.
  const siblings = Object.values(run.programs).filter(({ bundle }) => bundle === program.bundle);
  for (const sibling of siblings.filter(({ name }) => name !== program.name)) {
    const binary = await findUnpacked(unpacked, sibling.name);
    if (binary !== undefined) await keep(run, sibling, 'release', binary, scratch);
  }
  const binary = await findUnpacked(unpacked, program.name);
  if (binary === undefined) {
    throw new SourceUnavailable(
      `the archive does not contain ${program.name}`,
      `To build ${program.name} from source, set PROGRAMS_FROM=source.`,
    );
  }
  return keep(run, program, 'release', binary, scratch);
}

async function fromSource(run: Run, program: Program, scratch: string): Promise<ObtainedProgram> {
  const release = run.unavailable.get('release');
  const binary = await buildFromSource(program, {
    ...run,
    scratch,
    onStep: (step) => {
      if (release) {
        run.notice(
          `No release can be downloaded: ${release.message}. The first build from source takes several minutes.`,
        );
      }
      run.report(program.name, step);
    },
  });
  return keep(run, program, 'source', binary, scratch);
}

/**
 * Moves the program to the cache.
 * @throws SourceUnavailable if the program has a wrong version
 */
async function keep(run: Run, program: Program, origin: CachedOrigin, binary: string, scratch: string) {
  const { version, output } = await askVersion(binary, run.env, run.signal);
  run.signal?.throwIfAborted();
  if (version !== program.version) {
    const reported = output.split('\n', 1)[0];
    throw new SourceUnavailable(
      `the ${origin === 'release' ? 'downloaded' : 'built'} program is not ${program.name} ${program.version}: its --version prints "${reported}"`,
      `Use another source: ${otherWay(program, run.sources)}, then run the command again.`,
    );
  }
  const path = await commitEntry(cacheEntry(run, program, origin), program, binary, scratch);
  return cached(program, origin, path);
}
