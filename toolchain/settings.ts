import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as z from 'zod';
import { readSettings as readVariables, type Setting, SettingsError } from '../settings/read-settings.ts';
import { ToolchainError } from './error.ts';

const sourceName = z.enum(['path', 'release', 'source']);

/** Source of a program: `path` is PATH, `release` an archive, and `source` a build of the Go module. */
export type SourceName = z.infer<typeof sourceName>;

export interface Settings {
  /** The sources are tried in this order. */
  readonly sources: readonly SourceName[];
  readonly cacheDir: string;
}

const everySource = sourceName.options.join(',');

export const toolchainSettings = {
  /** Allowed sources of programs, in the order in which they are tried. */
  PROGRAMS_FROM: {
    schema: z
      .string()
      .default(everySource)
      .transform((list) => list.split(',').map((item) => item.trim()))
      .pipe(z.array(sourceName)),
    expected:
      'one or more of path, release and source, separated by commas, in the order in which they are tried',
    remedy: `Set it to such a list, or unset it to use ${everySource}`,
  },
  /**
   * Folder for downloaded and built programs.
   * @default `prometheus-platform/programs` in the user's cache
   */
  PROGRAMS_CACHE: {
    schema: z.string().optional(),
    expected: 'the path of a folder',
    remedy: 'Set it to the path of a folder, or unset it to use a folder in your cache',
  },
} satisfies Record<string, Setting<unknown>>;

/** @throws ToolchainError with every wrong setting */
export function readSettings(env: NodeJS.ProcessEnv, cacheDir?: string): Settings {
  const { PROGRAMS_FROM, PROGRAMS_CACHE } = read(env);
  const folder = cacheDir ?? PROGRAMS_CACHE ?? join(userCache(env), 'prometheus-platform', 'programs');
  return { sources: [...new Set(PROGRAMS_FROM)], cacheDir: resolve(folder) };
}

function read(env: NodeJS.ProcessEnv) {
  try {
    return readVariables(toolchainSettings, env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new ToolchainError(error.message, 'Correct the settings, then run the command again.', {
      cause: error,
    });
  }
}

/** The user's cache folder. By the XDG specification, a relative XDG_CACHE_HOME is ignored. */
export function userCache(env: { XDG_CACHE_HOME?: string | undefined; HOME?: string | undefined }): string {
  if (env.XDG_CACHE_HOME !== undefined && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  const home = env.HOME || homedir();
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
