import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platform.ts';
import type { Program } from './programs.ts';

/** Where the Go modules of the programs lie: one folder a bundle. */
export const bundlesFolder = fileURLToPath(new URL('./programs/', import.meta.url));

/** Everything that decides what `go build` makes of a bundle, except the Go release. */
export interface Recipe {
  readonly target: string;
  readonly flags: readonly string[];
  /** To be set beside the user's own environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export function recipeOf(program: Program, platform: Platform): Recipe {
  const stamps = Object.entries(program.stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  return {
    target: program.package === '' ? program.module : `${program.module}/${program.package}`,
    // trimpath and buildvcs: the same binary wherever it is built; -s -w: a third smaller, without debug tables, and so
    // the compiler need not write them either, an eighth of its time
    flags: [
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-gcflags=all=-dwarf=false',
      `-tags=${program.tags.join(',')}`,
      `-ldflags=${['-s', '-w', ...stamps].join(' ')}`,
    ],
    environment: {
      GOWORK: 'off',
      GOOS: platform.os,
      GOARCH: platform.arch,
      // macOS tells node_exporter about its processors and memory through C alone, as in upstream's release
      CGO_ENABLED: program.name === 'node_exporter' && platform.os === 'darwin' ? '1' : '0',
    },
  };
}

/**
 * Names the recipe, so that a changed pin, flag or overlay never meets an older build in the cache. Reads a few small
 * files on every start, synchronously: a third of the time that promises take.
 */
export function recipeHash(program: Program, platform: Platform, bundles: string): string {
  const hash = createHash('sha256').update(JSON.stringify(recipeOf(program, platform)));
  const folder = join(bundles, program.bundle);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`\0${file.slice(folder.length)}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
