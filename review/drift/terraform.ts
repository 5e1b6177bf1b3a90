import { join } from 'node:path';
import { execa } from 'execa';
import { DriftError } from './drift-error.ts';

/** Deadlines of the commands of Terraform in milliseconds. A first `init` downloads the providers. */
const deadlines = { init: 600_000, plan: 300_000, show: 120_000 } as const;

/** A plan with 500 resources has about 5 MB. */
const mostBytes = 200_000_000;
const shownCharacters = 1500;

/** The exit codes of `plan -detailed-exitcode`. */
const planned = { same: 0, differs: 2 } as const;

/** Runs Terraform in the folder of a stack. */
export class StackTerraform {
  readonly #stack: string;
  readonly #folder: string;
  readonly #signal: AbortSignal;

  constructor(stack: string, folder: string, signal: AbortSignal) {
    this.#stack = stack;
    this.#folder = folder;
    this.#signal = signal;
  }

  /** Installs the providers and connects the state. @throws DriftError */
  async init(): Promise<void> {
    const { failed, text } = await this.#run('init', ['-input=false']);
    if (failed) {
      throw this.#failure(
        'init',
        text,
        'Terraform needs the providers and the state of the stack. A mirror of the providers is set with TF_CLI_CONFIG_FILE (docs/closed-networks.md).',
      );
    }
  }

  /**
   * Plans the stack, and writes the plan to a file.
   * @returns whether the plan contains a difference
   * @throws DriftError
   */
  async plan(file: string, options: readonly string[] = []): Promise<boolean> {
    const args = ['-input=false', '-detailed-exitcode', '-lock-timeout=30s', `-out=${file}`, ...options];
    const { failed, exitCode, text } = await this.#run('plan', args);
    if (!failed) return false;
    if (exitCode === planned.differs) return true;
    throw this.#failure('plan', text, planRemedy(text));
  }

  /** A plan as JSON. The text contains sensitive values. @throws DriftError */
  async show(file: string): Promise<string> {
    const { failed, text, stdout } = await this.#run('show', ['-json', file]);
    if (failed) throw this.#failure('show', text, 'Check the version with `terraform version`.');
    return stdout;
  }

  async #run(command: keyof typeof deadlines, args: readonly string[]) {
    const result = await execa('terraform', [command, '-no-color', ...args], {
      cwd: this.#folder,
      env: { TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
      reject: false,
      timeout: deadlines[command],
      maxBuffer: mostBytes,
      cancelSignal: this.#signal,
      // Terraform ends its providers and releases the lock of the state.
      killSignal: 'SIGINT',
    });
    if (result.code === 'ENOENT') {
      throw new DriftError(
        'terraform is not on the PATH, expected version 1.11 or newer. Install it (https://developer.hashicorp.com/terraform/install).',
      );
    }
    if (this.#signal.aborted) throw new DriftError('The comparison was interrupted. Run the command again.');
    const text = result.timedOut
      ? `timed out after ${deadlines[command] / 1000} seconds`
      : result.isMaxBuffer
        ? `printed more than ${mostBytes} bytes`
        : `${result.stdout}\n${result.stderr}`;
    return { failed: result.failed, exitCode: result.exitCode, text, stdout: result.stdout };
  }

  #failure(command: string, text: string, remedy: string): DriftError {
    const error = text.slice(Math.max(0, text.indexOf('Error:'))).trim();
    const shown = error.length > shownCharacters ? `${error.slice(0, shownCharacters)}…` : error;
    return new DriftError(`${this.#stack}: terraform ${command} failed.\n${shown}\n${remedy}`);
  }
}

/** The remedy for a failed plan. Terraform's error names a variable without a value. */
function planRemedy(text: string): string {
  const missing = [...text.matchAll(/input variable "([a-z][a-z0-9_]*)" is not set/g)].map(
    ([, name]) => name,
  );
  const names = [...new Set(missing)];
  if (names.length > 0) {
    const settings = names.map((name) => `TF_VAR_${name}`).join(', ');
    return `Set ${settings} in the environment of this command (docs/secrets.md). The plan does not show or store the values.`;
  }
  if (/state lock|lock the state/i.test(text)) {
    return 'Another run of Terraform has locked the state. Wait until it has ended, and run the command again.';
  }
  return 'Fix the error, and run the command again.';
}

/** The folder of a synthesized stack. */
export function stackFolder(outdir: string, stack: string): string {
  return join(outdir, 'stacks', stack);
}
