import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { type Bundle, bundles } from './bundles.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

export interface BuildOptions {
  /** @default dist/functions */
  readonly outdir?: string;
}

export interface BuiltBundle {
  readonly path: string;
  readonly bytes: number;
  readonly budget: number;
}

/** Makes every bundle. @throws Error when one does not build or outgrows its budget */
export async function buildFunctions({
  outdir = join(root, 'dist/functions'),
}: BuildOptions = {}): Promise<BuiltBundle[]> {
  try {
    const define = buildInfo();
    const built = await Promise.all(bundles.map((bundle) => buildBundle(bundle, outdir, define)));
    const outgrown = built.filter(({ bytes, budget }) => bytes > budget);
    if (outgrown.length > 0) {
      const list = outgrown.map(({ path, bytes, budget }) => `${path}: ${bytes} bytes of ${budget}`);
      throw new Error(`bundles outgrew their budget in functions/bundles.ts:\n${list.join('\n')}`);
    }
    return built;
  } finally {
    await esbuild.stop();
  }
}

async function buildBundle(
  bundle: Bundle,
  outdir: string,
  define: Record<string, string>,
): Promise<BuiltBundle> {
  const path = join(outdir, bundle.file);
  const result = await esbuild.build({
    stdin: { contents: bundle.entry, resolveDir: here, sourcefile: 'entry.ts', loader: 'ts' },
    outfile: path,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // An `import()` in a bundle is a `require`: Node's loader of modules would take memory for nothing.
    supported: { 'dynamic-import': false },
    define,
    external: ['@azure/functions-core'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  for (const [name, content] of Object.entries(bundle.beside ?? {})) {
    await writeFile(join(dirname(path), name), `${JSON.stringify(content, null, 2)}\n`);
  }
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return { path, bytes, budget: bundle.budget };
}

function buildInfo(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { BUILD_VERSION: JSON.stringify(version), BUILD_REVISION: JSON.stringify(revision()) };
}

/** `REVISION` where the build has no repository, as in an image. */
function revision(): string {
  if (process.env.REVISION) return process.env.REVISION;
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  } catch {
    return 'unknown';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, bytes, budget } of await buildFunctions()) {
    const share = Math.round((100 * bytes) / budget);
    process.stdout.write(
      `${relative(root, path)}  ${(bytes / 1024).toFixed(1)} kB  (${share} % of its budget)\n`,
    );
  }
}
