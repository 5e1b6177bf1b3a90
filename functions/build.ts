import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { type Bundle, bundles } from './bundles.ts';
import { readSettings, textSetting } from './settings.ts';
import { noticesFile, thirdPartyNotices } from './third-party-notices.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const run = promisify(execFile);
const virtualEntry = 'entry-of-the-bundle.ts';
const recipe = [
  'functions/build.ts',
  'functions/bundles.ts',
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

export interface BuildOptions {
  readonly outdir?: string;
  /**
   * Paths of the bundles to build, such as `usdt-exporter/job.cjs`.
   * @default all bundles
   */
  readonly files?: readonly string[];
}

export interface BuiltBundle {
  readonly path: string;
  readonly bytes: number;
  readonly budget: number;
  /** Absolute paths. */
  readonly sources: readonly string[];
  /** Files whose code is in the bundle, relative to the project. */
  readonly contents: readonly string[];
}

/** @throws Error if a bundle does not build or exceeds its budget, or a package has no licence text */
export async function buildFunctions({
  outdir = join(root, 'dist/functions'),
  files = bundles.map(({ file }) => file),
}: BuildOptions = {}): Promise<BuiltBundle[]> {
  const wanted = bundles.filter(({ file }) => files.includes(file));
  // A static import would load esbuild even if all bundles are up to date.
  const esbuild = await import('esbuild');
  try {
    const define = await buildInfo();
    const built = await Promise.all(wanted.map((bundle) => buildBundle(esbuild, bundle, outdir, define)));
    const outgrown = built.filter(({ bytes, budget }) => bytes > budget);
    if (outgrown.length > 0) {
      const list = outgrown.map(({ path, bytes, budget }) => `${path}: ${bytes} bytes of ${budget}`);
      throw new Error(
        `The bundles exceed their budget in functions/bundles.ts. Reduce their code or raise the budget:\n${list.join('\n')}`,
      );
    }
    await writeNotices(outdir, built);
    return built;
  } finally {
    await esbuild.stop();
  }
}

/** Skips a folder if some of its bundles were not built, because the notices would be incomplete. */
async function writeNotices(outdir: string, built: readonly BuiltBundle[]): Promise<void> {
  for (const folder of new Set(built.map(({ path }) => dirname(path)))) {
    const inFolder = built.filter(({ path }) => dirname(path) === folder);
    const all = bundles.filter(({ file }) => dirname(join(outdir, file)) === folder);
    if (inFolder.length < all.length) continue;
    const contents = inFolder.flatMap((bundle) => bundle.contents);
    await writeFile(join(folder, noticesFile), thirdPartyNotices(root, contents));
  }
}

async function buildBundle(
  esbuild: typeof import('esbuild'),
  bundle: Bundle,
  outdir: string,
  define: Record<string, string>,
): Promise<BuiltBundle> {
  const path = join(outdir, bundle.file);
  const result = await esbuild.build({
    stdin: { contents: bundle.entry, resolveDir: here, sourcefile: virtualEntry, loader: 'ts' },
    outfile: path,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // esbuild replaces `import()` with `require`, because the ES module loader of Node needs more memory.
    supported: { 'dynamic-import': false },
    define,
    external: ['@azure/functions-core'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  for (const [name, content] of Object.entries(bundle.extraFiles ?? {})) {
    await writeFile(join(dirname(path), name), `${JSON.stringify(content, null, 2)}\n`);
  }
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  const inputs = Object.keys(result.metafile.inputs).filter((input) => !input.endsWith(virtualEntry));
  const sources = [...inputs, ...recipe].map((input) => join(root, input));
  const contents = Object.values(result.metafile.outputs).flatMap(({ inputs: used }) =>
    Object.entries(used).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  );
  return { path, bytes, budget: bundle.budget, sources, contents };
}

/** The constants of every bundle. Each value is JavaScript code, such as a quoted text. */
export async function buildInfo(): Promise<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { BUILD_VERSION: JSON.stringify(version), BUILD_REVISION: JSON.stringify(await revision()) };
}

export const buildSettings = {
  /**
   * Revision in the metric `*_build_info`.
   * @default the commit, or `unknown` without a repository
   */
  REVISION: textSetting('a revision such as 1a2b3c4d5e6f or v1.4.2', {
    remedy: 'Set it to a revision, or unset it to use the checked-out commit',
    pattern: /^[\w.+/-]{1,100}$/,
  }),
};

/** The build of an image has no Git repository. Therefore the Dockerfile sets `REVISION`. */
async function revision(): Promise<string> {
  const { REVISION } = readSettings(buildSettings, process.env);
  if (REVISION) return REVISION;
  try {
    const { stdout } = await run('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, timeout: 5000 });
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  new Command('npm run build --')
    .description('Bundles each function for each of its hosts, into dist/functions.')
    .showHelpAfterError()
    .parse();
  try {
    for (const { path, bytes, budget } of await buildFunctions()) {
      const share = Math.round((100 * bytes) / budget);
      console.log(`${relative(root, path)}  ${(bytes / 1024).toFixed(1)} kB  (${share} % of its budget)`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
