/**
 * `npm start`. Plain JavaScript, so that an old Node and a missing `npm ci` end in a sentence and not in a stack trace.
 * The demo is bundled with its packages whenever a source has changed: that spares each start a TypeScript loader (37 MB,
 * 0.4 s) and the search for several hundred files (0.9 s).
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeFileError } from '../toolchain/file-error.mjs';
import { requirePrerequisites } from '../toolchain/prerequisites.mjs';
import { forgetOld, isUpToDate, remember } from './bundle-record.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
requirePrerequisites(['esbuild', 'undici']);

const outdir = join(root, 'dist', 'demo');
const entry = join(outdir, 'main.mjs');
const record = join(outdir, 'record.json');
try {
  // The key: a folder that was copied has the paths of its origin in the bundle.
  if (!isUpToDate(record, root)) await bundle();
} catch (error) {
  console.error(describeFileError(error) ?? `The demo cannot be bundled: ${error.message}`);
  process.exit(1);
}
const { main } = await import(pathToFileURL(entry).href);
await main({ root, argv: process.argv.slice(2) });

async function bundle() {
  const startedAt = Date.now();
  const esbuild = await import('esbuild');
  try {
    const { metafile, outputFiles } = await esbuild.build({
      // Relative: esbuild takes a `*` in an entry point for a pattern.
      entryPoints: { main: 'demo/main.ts' },
      outdir,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
      bundle: true,
      // What only some starts need, or only later ones, is a file of its own.
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // The first two look for files beside their own; undici is CommonJS, of which a late import would lose the names.
      external: ['esbuild', 'open', 'undici'],
      // CommonJS packages ask for Node's modules by a `require` that an ES module has not got.
      banner: {
        js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
      },
      logLevel: 'silent',
      metafile: true,
      write: false,
      plugins: [{ name: 'folders-of-the-sources', setup: keepFolders }],
    });
    await mkdir(outdir, { recursive: true });
    // The entry comes last and whole: another start may bundle at the same time.
    outputFiles.sort((a, b) => Number(a.path === entry) - Number(b.path === entry));
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
    const decisive = ['demo/start.mjs', 'package.json', 'tsconfig.json', 'node_modules/.package-lock.json'];
    const sources = [...Object.keys(metafile.inputs), ...decisive].map((path) => join(root, path));
    remember(record, { key: root, sources, outputs, startedAt });
  } finally {
    await esbuild.stop();
  }
}

/** A bundled module still finds the files that lie beside its source. */
function keepFolders(build) {
  build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
    loader: 'ts',
    contents: (await readFile(path, 'utf8'))
      // Functions: a text to put in place would be searched for patterns such as `$&`.
      .replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path)))
      .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href)),
  }));
}
