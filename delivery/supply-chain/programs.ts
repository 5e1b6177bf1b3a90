import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, programs } from '../../toolchain/index.ts';
import { bundlesFolder } from '../../toolchain/recipe.ts';

/** A Go module that is compiled into a program of the toolchain. */
export interface GoModule {
  readonly module: string;
  /** Version with `v`, as in go.mod. */
  readonly version: string;
  /** Checksum of the module in go.sum: `h1:` and a SHA-256 in base64. */
  readonly checksum: string;
}

/** The committed `go.sum` files have archive checksums of compiled modules only. */
export function modulesOf({ bundle }: Pick<Program, 'bundle'>, folder = bundlesFolder): readonly GoModule[] {
  return readFileSync(join(folder, bundle, 'go.sum'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [module, version, checksum] = line.split(' ');
      if (!module || !version || !checksum || version.endsWith('/go.mod')) return [];
      return [{ module, version, checksum }];
    });
}

export function allModules(): readonly (GoModule & { readonly programs: readonly string[] })[] {
  const found = new Map<string, GoModule & { readonly programs: string[] }>();
  for (const program of Object.values(programs)) {
    for (const module of modulesOf(program)) {
      const key = `${module.module}@${module.version}`;
      const known = found.get(key) ?? { ...module, programs: [] };
      known.programs.push(program.name);
      found.set(key, known);
    }
  }
  return [...found.values()];
}
