import { join, relative } from 'node:path';
import { isUpToDate, remember } from '../bundling/record.mjs';
import { buildFunctions, buildInfo } from '../functions/build.ts';
import type { Component } from './component.ts';

const folder = join('dist', 'functions');

export const bundlesFolder = (root: string): string => join(root, folder);

/** Reuses the bundles if no source, package or revision has changed. */
export async function bundleFunctions(root: string, components: readonly Component[]): Promise<void> {
  const outdir = bundlesFolder(root);
  const files = components.flatMap(({ program }) =>
    program.kind === 'bundle' ? [relative(folder, program.path)] : [],
  );
  const record = join(outdir, 'demo.json');
  const key = JSON.stringify([root, files, await buildInfo()]);
  if (isUpToDate(record, key)) return;
  const startedAt = Date.now();
  const built = await buildFunctions({ outdir, files });
  const sources = [...new Set(built.flatMap((bundle) => bundle.sources))];
  remember(record, { key, sources, outputs: built.map(({ path }) => path), startedAt });
}
