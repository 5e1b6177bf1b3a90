import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { terraformVersion } from '../config/terraform.ts';
import { isWithoutProviders, providersRemedy } from './providers-remedy.ts';

/** Largest output of Terraform in bytes. A plan with 500 resources has about 5 MB. */
const maxBytes = 256_000_000;
const shownCharacters = 3000;

export const installRemedy =
  'Install a version from https://developer.hashicorp.com/terraform/install, and add it to the PATH.';

export interface TerraformOptions {
  readonly cwd?: string;
  readonly deadlineMs: number;
  /** Interrupts Terraform when the signal aborts. Without a signal, Ctrl-C interrupts Terraform. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the first SIGINT until Terraform is killed. @default 30,000 */
  readonly graceMs?: number;
  /** Variables for Terraform, in addition to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Path of Terraform. @default `terraform` on the PATH */
  readonly program?: string | undefined;
  /** Receives each line of the standard output. With `onLine`, the field `stdout` of the result is empty. */
  readonly onLine?: (line: string) => void;
  /** Whether the standard output also appears in the output of this process. */
  readonly isShown?: boolean;
}

export type TerraformFailure = 'missing' | 'interrupted' | 'overdue' | 'failed';

export interface TerraformResult {
  /** Undefined if Terraform did not start, or if a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: TerraformFailure | undefined;
  /** Output of a failed Terraform, without the sensitive text before the first `Error:`. */
  readonly errors: string;
  /** Why Terraform failed: at most 3,000 characters, and the remedy if a provider cannot be downloaded. */
  readonly reason: string;
}

/** Runs Terraform, and waits for its end. A failure is a result and no exception. */
export async function runTerraform(
  args: readonly string[],
  options: TerraformOptions,
): Promise<TerraformResult> {
  const { cwd = process.cwd(), deadlineMs, signal, graceMs = 30_000, env, program, onLine } = options;
  const result = await execa(program ?? 'terraform', args, {
    cwd,
    env: { ...env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' },
    reject: false,
    timeout: deadlineMs,
    maxBuffer: maxBytes,
    // A second SIGINT stops Terraform before the state is stored. `detached` blocks the SIGINT of Ctrl-C.
    ...(signal && { cancelSignal: signal, detached: true }),
    killSignal: 'SIGINT',
    forceKillAfterDelay: graceMs,
    stdin: 'ignore',
    stdout: [
      ...(onLine ? [withoutOutput(onLine)] : ['pipe' as const]),
      ...(options.isShown ? ['inherit' as const] : []),
    ],
  });
  const [stdout, stderr] = [String(result.stdout ?? ''), String(result.stderr ?? '')];
  const { exitCode } = result;
  if (!result.failed) return { exitCode, stdout, stderr, failure: undefined, errors: '', reason: '' };
  const failed = (failure: TerraformFailure, reason: string, errors = '') => ({
    exitCode,
    stdout,
    stderr,
    failure,
    errors,
    reason,
  });
  if (result.code === 'ENOENT' && existsSync(cwd)) {
    return failed('missing', `terraform is not on the PATH, expected ${terraformVersion}. ${installRemedy}`);
  }
  if (result.isCanceled) return failed('interrupted', 'The command was interrupted.');
  if (result.timedOut)
    return failed('overdue', `The command did not end within ${(deadlineMs / 1000).toFixed(0)} s.`);
  if (result.isMaxBuffer) return failed('failed', `The command printed more than ${maxBytes} bytes.`);
  const errors = errorsIn(stderr, stdout) || (result.shortMessage ?? '');
  const remedy = isWithoutProviders(errors) ? `\n${providersRemedy}` : '';
  return failed('failed', `${errors.slice(0, shownCharacters)}${remedy}`, errors);
}

function withoutOutput(onLine: (line: string) => void) {
  // biome-ignore lint/correctness/useYield: execa expects a generator, and this generator keeps no line.
  return function* (line: unknown): Generator<string, void, void> {
    onLine(String(line));
  };
}

/** Leaves out the lines before `Error:`, because `terraform show` prints sensitive values there. */
function errorsIn(stderr: string, stdout: string): string {
  const found = [stderr, stdout].flatMap((text) => /^\s*Error: [\s\S]*/m.exec(text)?.[0].trim() ?? []);
  return found[0] ?? stderr.trim();
}
