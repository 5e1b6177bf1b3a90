import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { outputsFile } from '../../bundling/cached-bundle.mjs';

/** Maximum sizes in bytes after compression with gzip. */
export const scriptLimits = { firstView: 250_000, all: 500_000 } as const;

/** Sizes in bytes. Each file is compressed separately with gzip. */
export interface ScriptSizes {
  readonly firstView: number;
  readonly all: number;
}

const main = 'console/web/main.tsx';
const firstView = 'console/web/views/map/view.tsx';

/** @param root the project's folder; the bundle of the console must be up to date */
export function scriptSizes(root: string): ScriptSizes {
  const file = join(root, 'dist', 'console', outputsFile);
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Metafile['outputs'];
  const compressed = (paths: Iterable<string>) =>
    [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(root, path))).length, 0);
  const entry = (source: string) => {
    const found = Object.keys(outputs).find(
      (path) => path.endsWith('.js') && outputs[path]?.entryPoint === source,
    );
    if (found === undefined) {
      throw new Error(
        `The bundle of the console contains no script that is built from ${source}. Correct the path in bench/console/script-size.ts.`,
      );
    }
    return found;
  };
  const first = new Set<string>();
  const add = (path: string) => {
    if (first.has(path)) return;
    first.add(path);
    for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') add(imported);
    }
  };
  for (const source of [main, firstView]) add(entry(source));
  return {
    firstView: compressed(first),
    all: compressed(Object.keys(outputs).filter((path) => path.endsWith('.js'))),
  };
}
