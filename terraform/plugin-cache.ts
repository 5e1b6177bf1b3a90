import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readSettings, type Setting } from '../settings/read-settings.ts';

const settings = {
  TF_PLUGIN_CACHE_DIR: {
    schema: z.optional(z.string()),
    expected: 'the path of a folder',
    remedy: 'Set it to the path of a folder, or unset it to use a folder in cdktf.out',
  } satisfies Setting<string | undefined>,
};

/** Creates the folder in which Terraform keeps the providers of all stacks. Returns its path. */
export function pluginCache(outdir: string): string {
  const folder = readSettings(settings, process.env).TF_PLUGIN_CACHE_DIR ?? join(outdir, 'plugins');
  mkdirSync(folder, { recursive: true });
  return folder;
}
