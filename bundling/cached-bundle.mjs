/**
 * This file reports an old version of Node.js and missing packages. Therefore the file must be JavaScript, and its
 * `import` statements must not load packages.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeFileError } from '../toolchain/file-error.mjs';
import { missingPrerequisite } from '../toolchain/prerequisites.mjs';
import { forgetOld, isUpToDate, remember } from './record.mjs';

const thisFile = fileURLToPath(import.meta.url);

export class BundleError extends Error {}

/** @see cached-bundle.d.mts */
export async function cachedBundle({ root, entry, folder, external = [], platform = 'node' }) {
  const outdir = join(root, 'dist', folder);
  const main = join(outdir, platform === 'node' ? 'main.mjs' : 'main.js');
  const missing = missingPrerequisite(['esbuild', ...external], { root });
  if (missing !== undefined) throw new BundleError(missing);
  const record = join(outdir, 'record.json');
  // A copy of the project needs a new bundle, because a bundle contains absolute paths.
  if (isUpToDate(record, root)) return main;
  try {
    await bundle({ root, entry, external, platform, outdir, main, record });
  } catch (error) {
    throw new BundleError(describeFileError(error, root) ?? `${entry} cannot be bundled: ${error.message}`);
  }
  return main;
}

const forNode = {
  outExtension: { '.js': '.mjs' },
  target: 'node20',
  sourcemap: 'linked',
  sourcesContent: false,
  // CommonJS packages call `require`. An ES module has no `require`, therefore this banner defines it.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  plugins: [{ name: 'folders-of-the-sources', setup: keepFolders }],
};

/** @see cached-bundle.d.mts */
export const outputsFile = 'outputs.json';

/** Targets browsers of the last three years. */
const forBrowsers = { target: 'es2022', minify: true, legalComments: 'none', chunkNames: 'chunk-[hash]' };

async function bundle({ root, entry, external, platform, outdir, main, record }) {
  const startedAt = Date.now();
  // Loading esbuild takes time. With an up-to-date bundle, esbuild is not loaded.
  const esbuild = await import('esbuild');
  try {
    const { metafile, outputFiles } = await esbuild.build({
      // `entry` must be a relative path, because esbuild reads `*` in an absolute path as a pattern.
      entryPoints: { main: entry },
      outdir,
      absWorkingDir: root,
      bundle: true,
      // Node.js loads a dynamically imported module at the call of `import()`, not at the start.
      splitting: true,
      format: 'esm',
      platform,
      external,
      ...(platform === 'node' ? forNode : forBrowsers),
      logLevel: 'silent',
      metafile: true,
      write: false,
    });
    if (platform === 'browser') {
      const contents = Buffer.from(JSON.stringify(metafile.outputs));
      outputFiles.push({ path: join(outdir, outputsFile), contents });
    }
    await mkdir(outdir, { recursive: true });
    // `main` is written last, because `main` imports the other files and can start at any time.
    outputFiles.sort((a, b) => Number(a.path === main) - Number(b.path === main));
    for (const { path, contents } of outputFiles) {
      const unfinished = `${path}.${process.pid}`;
      try {
        await writeFile(unfinished, contents);
        await rename(unfinished, path);
      } finally {
        await rm(unfinished, { force: true });
      }
    }
    const outputs = outputFiles.map(({ path }) => path);
    await forgetOld(outdir, outputs);
    // A change of a package or of the TypeScript settings also requires a new bundle.
    const recipe = ['package.json', 'tsconfig.json', 'node_modules/.package-lock.json'];
    const sources = [...Object.keys(metafile.inputs), ...recipe].map((path) => join(root, path));
    remember(record, { key: root, sources: [...sources, thisFile], outputs, startedAt });
  } finally {
    await esbuild.stop();
  }
}

/** In a bundle, `import.meta` points to the bundle instead of the source file. */
function keepFolders(build) {
  build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
    loader: 'ts',
    contents: (await readFile(path, 'utf8'))
      // Each replacement is a function, because a path can contain `$&`.
      // In a replacement string, `replaceAll` interprets `$&`.
      .replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path)))
      .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href)),
  }));
}
