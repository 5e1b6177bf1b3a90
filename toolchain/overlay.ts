import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type GoContext, go } from './go.ts';

/** Replaces the Go module with a copy that has the files of `overlay`, such as a missing web page. */
export async function applyOverlay(context: GoContext, overlay: string): Promise<void> {
  const { module, moduleVersion } = context.program;
  let published = '';
  const onOutput = (line: string) => {
    published = line;
  };
  await go(context, ['mod', 'download', `${module}@${moduleVersion}`]);
  await go(context, ['list', '-m', '-f={{.Dir}}', module], { onOutput });
  const source = join(context.module, 'source');
  // The build uses a copy, because `go build -overlay` refuses files in the module cache.
  await copyFiles(published, source);
  for (const file of await copyFiles(overlay, source)) {
    // Alertmanager reads only index.html.gz and index.html.br, and never index.html.
    if (!file.endsWith('.html')) continue;
    const page = await readFile(file);
    await writeFile(`${file}.gz`, gzipSync(page));
    await writeFile(`${file}.br`, brotliCompressSync(page));
  }
  await go(context, ['mod', 'edit', `-replace=${module}=./source`]);
}

/**
 * Copies files into new folders. Folders of the module cache are read-only.
 * @returns the new paths
 */
async function copyFiles(from: string, to: string): Promise<readonly string[]> {
  const copied: string[] = [];
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
    copied.push(target);
  }
  return copied;
}
