import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platform.ts';
import type { Program } from './programs.ts';

export const bundlesFolder = fileURLToPath(new URL('./programs/', import.meta.url));

/** The inputs of `go build`, except the Go release and the files of the bundle. */
export interface Recipe {
  readonly target: string;
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export function recipeOf(program: Program, platform: Platform): Recipe {
  const stamps = Object.entries(program.stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  return {
    target: program.package === '' ? program.module : `${program.module}/${program.package}`,
    flags: [
      '-mod=readonly',
      // `-trimpath` and `-buildvcs=false` give the same binary on every machine.
      '-trimpath',
      '-buildvcs=false',
      // Without debug data, the binary is a third smaller, and the compiler needs an eighth less time.
      '-gcflags=all=-dwarf=false',
      `-tags=${program.tags.join(',')}`,
      // `-s` omits the symbol table, and `-w` omits debug data.
      `-ldflags=${['-s', '-w', ...stamps].join(' ')}`,
    ],
    environment: {
      GOWORK: 'off',
      GOOS: platform.os,
      GOARCH: platform.arch,
      // On macOS, node_exporter needs cgo for its CPU and memory metrics.
      CGO_ENABLED: program.name === 'node_exporter' && platform.os === 'darwin' ? '1' : '0',
    },
  };
}

/** Hash for the cache key. A new version, flag or overlay changes the hash. */
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
