/** Runs main.ts from a cached bundle, in a third of the time (docs/benchmarks.md). */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';
import { requirePrerequisites } from '../toolchain/prerequisites.mjs';
import { copyLocks, LockError } from './copy-locks.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

requirePrerequisites(['commander']);
// A static import would fail before `requirePrerequisites` can report that commander is not installed.
const { Command } = await import('commander');
new Command('npm run synth --')
  .description(
    'Writes the Terraform JSON of every stack to cdktf.out, or to the folder that CDKTF_OUTDIR names.',
  )
  .showHelpAfterError()
  .parse();

try {
  const bundle = await cachedBundle({ root, entry: 'main.ts', folder: 'synth' });
  await import(pathToFileURL(bundle).href).catch((error) => {
    throw withSourceLines(error);
  });
  const outdir = resolve(process.env.CDKTF_OUTDIR || 'cdktf.out');
  if (!process.exitCode) copyLocks(join(root, 'locks'), outdir);
} catch (error) {
  console.error(error instanceof BundleError || error instanceof LockError ? error.message : error);
  process.exitCode = 1;
}

/** Replaces positions in the bundle with source positions. `--enable-source-maps` would cost 0.4 s. */
function withSourceLines(error) {
  for (let each = error; each instanceof Error; each = each.cause) {
    each.stack = each.stack?.replace(/(file:\S+\.mjs):(\d+):(\d+)/g, (found, url, line, column) => {
      const file = fileURLToPath(url);
      if (!existsSync(`${file}.map`)) return found;
      const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
      const { fileName, lineNumber, columnNumber } = map.findOrigin(Number(line), Number(column));
      return fileName ? `${resolve(dirname(file), fileName)}:${lineNumber}:${columnNumber}` : found;
    });
  }
  return error;
}
