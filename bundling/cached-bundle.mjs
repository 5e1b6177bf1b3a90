/**
 * Creates a bundle of a program in dist/. The bundle is reused until a source, a package or the TypeScript settings
 * change.
 *
 * This file is JavaScript and starts without packages, because it reports an old Node.js or missing packages.
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
  // A bundle contains absolute paths. Therefore a copy of the project in another folder needs a new bundle.
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
      // Writes each dynamically imported module to its own file. Node.js loads the file when the program calls
      // `import()`, not at the start.
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
    // Another process can start `main` at any time, and `main` imports the other files. Therefore `main` is written
    // last.
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
    const recipe = ['package.json', 'tsconfig.json', 'node_modules/.package-lock.json'];
    const sources = [...Object.keys(metafile.inputs), ...recipe].map((path) => join(root, path));
    remember(record, { key: root, sources: [...sources, thisFile], outputs, startedAt });
  } finally {
    await esbuild.stop();
  }
}

/**
 * Replaces `import.meta.dirname` and `import.meta.url` with the place of the source file. Otherwise both would point to
 * the bundle, and a module would not find the files next to its source.
 */
function keepFolders(build) {
  build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
    loader: 'ts',
    contents: (await readFile(path, 'utf8'))
      // The second argument of `replaceAll` is a function, because `replaceAll` gives `$&` a special meaning in a
      // string. A path can contain `$&`.
      .replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path)))
      .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href)),
  }));
}
