import type { Stack } from '../../synthesis/stack.ts';
import { pluginCache } from '../../terraform/plugin-cache.ts';
import { runTerraform } from '../../terraform/run-terraform.ts';
import { CouldNotRun } from '../could-not-run.ts';

/** Time limit of each subcommand in milliseconds. `apply` waits up to 15 minutes for each Helm release. */
const limits = { init: 900_000, plan: 900_000, show: 120_000, apply: 3_600_000 } as const;

type Subcommand = keyof typeof limits;

/** Milliseconds. After an interruption, Terraform needs time to finish and to write the state. */
const graceMs = 600_000;

/** Runs Terraform in the folder of a stack. */
export class Terraform {
  readonly #signal: AbortSignal;
  readonly #cache: string;
  readonly #program: string | undefined;

  /** @param program path of Terraform; @default `terraform` on the PATH */
  constructor({
    outdir,
    signal,
    program,
  }: {
    readonly outdir: string;
    readonly signal: AbortSignal;
    readonly program?: string | undefined;
  }) {
    this.#signal = signal;
    this.#program = program;
    this.#cache = pluginCache(outdir);
  }

  /**
   * @param env in addition to `process.env`
   * @returns the standard output
   * @throws CouldNotRun
   */
  async run(
    stack: Stack,
    subcommand: Subcommand,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { failure, reason, stdout } = await runTerraform([subcommand, '-no-color', ...args], {
      cwd: stack.folder,
      env: { ...env, TF_PLUGIN_CACHE_DIR: this.#cache },
      deadlineMs: limits[subcommand],
      graceMs,
      signal: this.#signal,
      program: this.#program,
      isShown: subcommand === 'apply',
    });
    if (failure === undefined) return stdout;
    throw new CouldNotRun(`${stack.name}: terraform ${subcommand} failed. ${reason}`);
  }
}
