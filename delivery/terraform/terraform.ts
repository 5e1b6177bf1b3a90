import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import * as z from 'zod/mini';
import { readSettings, type Setting } from '../../settings/read-settings.ts';
import { CouldNotRun } from '../could-not-run.ts';
import type { Stack } from '../stacks/stack.ts';

/** Longest times in milliseconds. `init` downloads the providers at its first run; a release waits up to 10 minutes. */
const limits = { init: 900_000, plan: 900_000, show: 120_000, apply: 3_600_000 } as const;

type Subcommand = keyof typeof limits;

/** Milliseconds in which Terraform ends the running operations and writes the state after an interruption. */
const graceMs = 600_000;

const maxBytes = 256_000_000;

const settings = {
  TF_PLUGIN_CACHE_DIR: {
    schema: z.optional(z.string()),
    expected: 'the path of a folder',
    remedy: 'Set it to the path of a folder, or unset it to use a folder in cdktf.out',
  } satisfies Setting<string | undefined>,
};

/** Runs Terraform in the folder of a stack. */
export class Terraform {
  readonly #signal: AbortSignal;
  readonly #cache: string;
  readonly #program: string;

  /** @param program path of Terraform; @default `terraform` on the PATH */
  constructor({
    outdir,
    signal,
    program = 'terraform',
  }: {
    readonly outdir: string;
    readonly signal: AbortSignal;
    readonly program?: string | undefined;
  }) {
    this.#signal = signal;
    this.#program = program;
    this.#cache = readSettings(settings, process.env).TF_PLUGIN_CACHE_DIR ?? join(outdir, 'plugins');
    mkdirSync(this.#cache, { recursive: true });
  }

  /**
   * Runs a subcommand.
   * @param env further environment variables
   * @returns the standard output
   * @throws CouldNotRun with the first error of Terraform
   */
  async run(
    stack: Stack,
    subcommand: Subcommand,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    try {
      const { stdout } = await execa(this.#program, [subcommand, '-no-color', ...args], {
        cwd: stack.folder,
        env: {
          ...env,
          TF_PLUGIN_CACHE_DIR: this.#cache,
          TF_IN_AUTOMATION: '1',
          TF_INPUT: '0',
          CHECKPOINT_DISABLE: '1',
        },
        timeout: limits[subcommand],
        maxBuffer: maxBytes,
        cancelSignal: this.#signal,
        // Terraform ends its operations after one SIGINT, and stops at once after the second. In a process group of its
        // own, Terraform does not also receive the SIGINT of a terminal.
        killSignal: 'SIGINT',
        detached: true,
        forceKillAfterDelay: graceMs,
        stripFinalNewline: false,
        ...(subcommand === 'apply' && { stdout: ['pipe', 'inherit'] }),
      });
      return String(stdout);
    } catch (error) {
      throw new CouldNotRun(
        `${stack.name}: terraform ${subcommand} failed. ${reasonOf(error as ExecaError)}`,
      );
    }
  }
}

/** The error of Terraform, at most 3,000 characters. The errors of Terraform do not show sensitive values. */
function reasonOf(error: ExecaError): string {
  if (error.code === 'ENOENT') {
    return 'terraform is not on the PATH. Install version 1.11 or newer (docs/tools.md).';
  }
  if (error.isCanceled) return 'The command was interrupted.';
  if (error.timedOut) return `The command did not end within ${(error.durationMs / 1000).toFixed(0)} s.`;
  const text = String(error.stderr || error.shortMessage);
  return text
    .slice(Math.max(0, text.indexOf('Error:')))
    .trim()
    .slice(0, 3000);
}
