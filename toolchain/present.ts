import { type CachedOrigin, entryFolder, readEntry } from './cache.ts';
import type { Program, ProgramName } from './programs.ts';
import { recipeHash } from './recipe.ts';
import type { Run } from './run.ts';
import type { SourceName } from './settings.ts';

export interface ObtainedProgram {
  readonly name: ProgramName;
  readonly version: string;
  readonly path: string;
  readonly origin: SourceName;
  readonly webUi: boolean;
}

/** Finds a program on PATH or in the cache. */
export async function findPresent(run: Run, program: Program): Promise<ObtainedProgram | undefined> {
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

export function cacheEntry(run: Run, program: Program, origin: CachedOrigin): string {
  const recipe = origin === 'source' ? recipeHash(program, run.platform, run.bundles) : undefined;
  return entryFolder(run.cacheDir, program, run.platform, origin, recipe);
}

export function cached(program: Program, origin: CachedOrigin, path: string): ObtainedProgram {
  const webUi = origin === 'release' || program.webUiFromSource;
  return { name: program.name, version: program.version, path, origin, webUi };
}
