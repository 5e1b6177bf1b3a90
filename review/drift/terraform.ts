import { runTerraform, type TerraformResult } from '../../terraform/run-terraform.ts';
import { DriftError } from './drift-error.ts';

/** Deadlines of the commands of Terraform in milliseconds. A first `init` downloads the providers. */
const deadlines = { init: 600_000, plan: 300_000, show: 120_000 } as const;

/** The exit code of `plan -detailed-exitcode` for a plan with a difference. */
const differs = 2;

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

  /** Installs the providers, and connects to the backend that stores the state. @throws DriftError */
  async init(): Promise<void> {
    const result = await this.#run('init', ['-input=false']);
    if (result.failure) {
      throw this.#failure(
        'init',
        result,
        'Terraform needs the providers and the state of the stack. To use a mirror of the providers, set TF_CLI_CONFIG_FILE (docs/closed-networks.md).',
      );
    }
  }

  /** Writes the plan to `file`. Returns whether the plan contains a difference. @throws DriftError */
  async plan(file: string, options: readonly string[] = []): Promise<boolean> {
    const args = ['-input=false', '-detailed-exitcode', '-lock-timeout=30s', `-out=${file}`, ...options];
    const result = await this.#run('plan', args);
    if (!result.failure) return false;
    if (result.exitCode === differs) return true;
    throw this.#failure('plan', result, planRemedy(result.errors));
  }

  /** A plan as JSON. The text contains sensitive values. @throws DriftError */
  async show(file: string): Promise<string> {
    const result = await this.#run('show', ['-json', file]);
    if (result.failure)
      throw this.#failure(
        'show',
        result,
        'Check that `terraform version` prints a version that config/terraform.ts allows.',
      );
    return result.stdout;
  }

  async #run(command: keyof typeof deadlines, args: readonly string[]): Promise<TerraformResult> {
    const result = await runTerraform([command, '-no-color', ...args], {
      cwd: this.#folder,
      deadlineMs: deadlines[command],
      signal: this.#signal,
    });
    if (result.failure === 'missing') throw new DriftError(result.reason);
    if (this.#signal.aborted) throw new DriftError('The comparison was interrupted. Run the command again.');
    return result;
  }

  #failure(command: string, { reason }: TerraformResult, remedy: string): DriftError {
    return new DriftError(`${this.#stack}: terraform ${command} failed.\n${reason}\n${remedy}`);
  }
}

function planRemedy(text: string): string {
  const missing = [...text.matchAll(/input variable "([a-z][a-z0-9_]*)" is not set/g)].map(
    ([, name]) => name,
  );
  const names = [...new Set(missing)];
  if (names.length > 0) {
    const settings = names.map((name) => `TF_VAR_${name}`).join(', ');
    return `Set the environment variables of this command: ${settings} (docs/secrets.md). The plan does not show or store the values.`;
  }
  if (/state lock|lock the state/i.test(text)) {
    return 'Another run of Terraform has locked the state. Wait until it has ended, and run the command again.';
  }
  return 'Fix the error, and run the command again.';
}
