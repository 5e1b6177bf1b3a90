import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as z from 'zod';
import { ToolchainError } from './error.ts';

const sourceName = z.enum(['path', 'release', 'source']);

/** Where a program may come from: PATH, its project's release archive, a build of its Go module. */
export type SourceName = z.infer<typeof sourceName>;

export interface Settings {
  /** In the order in which they are tried. */
  readonly sources: readonly SourceName[];
  readonly cacheDir: string;
}

const environment = z.object({
  PROGRAMS_FROM: z
    .string()
    .default('path,release,source')
    .transform((list) => list.split(',').map((item) => item.trim()))
    .pipe(z.array(sourceName).min(1)),
  PROGRAMS_CACHE: z.string().min(1).optional(),
  XDG_CACHE_HOME: z.string().optional(),
  HOME: z.string().optional(),
});

export function readSettings(env: NodeJS.ProcessEnv, cacheDir?: string): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const setting = String(parsed.error.issues[0]?.path[0]);
    throw new ToolchainError(
      `${setting} is ${JSON.stringify(env[setting])}, which is not understood.`,
      setting === 'PROGRAMS_FROM'
        ? 'Give one or more of path, release and source, separated by commas, in the order in which they are to be tried.'
        : 'Give the path of a folder, or unset it.',
    );
  }
  const { PROGRAMS_FROM, PROGRAMS_CACHE } = parsed.data;
  const folder =
    cacheDir ?? PROGRAMS_CACHE ?? join(userCache(parsed.data), 'prometheus-platform', 'programs');
  return { sources: [...new Set(PROGRAMS_FROM)], cacheDir: resolve(folder) };
}

/** The user's folder for caches. The XDG base directory specification tells to ignore a relative XDG_CACHE_HOME. */
export function userCache(env: { XDG_CACHE_HOME?: string | undefined; HOME?: string | undefined }): string {
  if (env.XDG_CACHE_HOME !== undefined && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  const home = env.HOME || homedir();
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
