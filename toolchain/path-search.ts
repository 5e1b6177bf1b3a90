import { statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import which from 'which';
import * as z from 'zod';
import { askVersion } from './program-version.ts';
import type { Program } from './programs.ts';
import { serves } from './version.ts';

const finding = z.object({
  size: z.number(),
  mtimeMs: z.number(),
  version: z.string().nullable(),
  webUi: z.boolean(),
});
const findings = z.record(z.string(), finding);

type Finding = z.infer<typeof finding>;

// Minimum size of a compiled program, in bytes. A smaller file is a script.
const smallestProgram = 1_000_000;

export interface FoundOnPath {
  readonly path: string;
  readonly version: string;
  readonly webUi: boolean;
}

/** Finds programs on PATH. The file `path-findings.json` caches the versions of compiled programs. */
export class PathSearch {
  readonly #file: string;
  readonly #env: NodeJS.ProcessEnv;
  #known: Promise<Record<string, Finding>> | undefined;
  #changed = false;

  constructor(cacheDir: string, env: NodeJS.ProcessEnv) {
    this.#file = join(cacheDir, 'path-findings.json');
    this.#env = env;
  }

  async find(program: Program, signal?: AbortSignal): Promise<FoundOnPath | undefined> {
    // Relative entries of PATH are never used, because their folder depends on the working directory.
    const folders = (this.#env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
    const found =
      folders.length > 0
        ? which.sync(program.name, { path: folders.join(delimiter), all: true, nothrow: true })
        : null;
    for (const path of found ?? []) {
      const { version, webUi } = (await this.#examine(path, program, signal)) ?? {};
      if (version && serves(version, program.version)) return { path, version, webUi: webUi ?? true };
    }
    return undefined;
  }

  /** Stores the versions. Does nothing if the cache folder cannot be written. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    const aside = `${this.#file}.${process.pid}`;
    await mkdir(join(this.#file, '..'), { recursive: true })
      .then(async () => writeFile(aside, JSON.stringify(await this.#known)))
      .then(() => rename(aside, this.#file))
      .catch(() => undefined);
  }

  async #examine(path: string, program: Program, signal?: AbortSignal): Promise<Finding | undefined> {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file === undefined) return undefined;
    this.#known ??= readFindings(this.#file);
    const known = await this.#known;
    const before = known[path];
    if (before?.size === file.size && before.mtimeMs === file.mtimeMs) return before;
    const { version, output } = await askVersion(path, this.#env, signal);
    // `prometheus --version` prints build tags. Without `builtinassets`, Prometheus has no web UI.
    const webUi = program.name !== 'prometheus' || output.includes('builtinassets');
    const learned: Finding = { size: file.size, mtimeMs: file.mtimeMs, version: version ?? null, webUi };
    // Do not store the version of a script. An upgrade of the started program does not change the script file.
    if (!signal?.aborted && file.size >= smallestProgram) {
      known[path] = learned;
      this.#changed = true;
    }
    return learned;
  }
}

async function readFindings(file: string): Promise<Record<string, Finding>> {
  try {
    return findings.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
