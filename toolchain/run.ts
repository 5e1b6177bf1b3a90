import type { Dispatcher } from 'undici';
import type { SourceUnavailable } from './error.ts';
import { createDispatcher } from './network.ts';
import { PathSearch } from './path-search.ts';
import { currentPlatform, type Platform } from './platform.ts';
import { type Program, type ProgramName, programs } from './programs.ts';
import type { Progress } from './progress.ts';
import { bundlesFolder } from './recipe.ts';
import { readSettings, type SourceName } from './settings.ts';

export interface Releases {
  /**
   * URL of the server that has the releases, without a path.
   * @default https://github.com
   */
  readonly origin: string;
  readonly dispatcher: () => Promise<Dispatcher>;
  readonly deadlines: { readonly connectMs: number; readonly answerMs: number; readonly idleMs: number };
}

export interface ObtainOptions {
  /** @default PROGRAMS_CACHE, or a folder in the user's cache */
  readonly cacheDir?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Receives a warning. The work continues.
   * @default prints a process warning on standard error
   */
  readonly onWarning?: (message: string) => void;
  readonly onNotice?: (message: string) => void;
  /** Names of the programs to obtain. Undefined means all programs without `onDemand`. */
  readonly names?: readonly ProgramName[];
  /** Replacements for tests, for example a mock of the downloads. Other callers do not set this option. */
  readonly seams?: {
    readonly programs?: Readonly<Record<ProgramName, Program>>;
    readonly bundles?: string;
    readonly platform?: Platform;
    readonly releases?: Partial<Releases>;
  };
}

export interface Run {
  readonly programs: Readonly<Record<ProgramName, Program>>;
  readonly names: readonly ProgramName[];
  readonly sources: readonly SourceName[];
  readonly cacheDir: string;
  readonly bundles: string;
  readonly platform: Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
  readonly releases: Releases;
  readonly pathSearch: PathSearch;
  readonly unavailable: Map<SourceName, SourceUnavailable>;
  readonly report: (program: ProgramName, what: Omit<Progress, 'program' | 'index' | 'count'>) => void;
  readonly warn: (message: string) => void;
  /** Reports each message only once. */
  readonly notice: (message: string) => void;
  readonly close: () => Promise<void>;
}

export function createRun(options: ObtainOptions): Run {
  const { env = process.env, signal, seams = {}, onProgress } = options;
  const settings = readSettings(env, options.cacheDir);
  const table = seams.programs ?? programs;
  const names =
    options.names ?? Object.values(table).flatMap(({ name, onDemand = false }) => (onDemand ? [] : [name]));
  const pathSearch = new PathSearch(settings.cacheDir, env);
  const reported = new Set<string>();
  let ownDispatcher: Promise<Dispatcher> | undefined;
  return {
    ...settings,
    programs: table,
    names,
    bundles: seams.bundles ?? bundlesFolder,
    platform: seams.platform ?? currentPlatform(),
    env,
    signal,
    releases: {
      origin: 'https://github.com',
      deadlines: { connectMs: 900, answerMs: 10_000, idleMs: 30_000 },
      dispatcher: () => {
        ownDispatcher ??= createDispatcher(env);
        return ownDispatcher;
      },
      ...seams.releases,
    },
    pathSearch,
    unavailable: new Map(),
    report: (program, what) =>
      onProgress?.({ program, index: names.indexOf(program) + 1, count: names.length, ...what }),
    notice: (message) => {
      if (!reported.has(message)) options.onNotice?.(message);
      reported.add(message);
    },
    warn: options.onWarning ?? ((message) => process.emitWarning(message, 'ToolchainWarning')),
    close: async () => {
      await pathSearch.save();
      await (await ownDispatcher)?.destroy();
    },
  };
}
