import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computedBlocksOf, overrideFileName } from './mocks.ts';
import type { StackToTest } from './stacks.ts';
import { initialize, Overdue, type Terraform, test } from './terraform.ts';
import { testFileName, testFileOf } from './test-file.ts';

export interface StackResult {
  readonly title: string;
  readonly environment: string;
  readonly seconds: number;
  /** Empty if the stack passed. */
  readonly problems: readonly string[];
  /** The plan and the version of Terraform; undefined without `verbose`. */
  readonly plan?: { readonly json: unknown; readonly terraform: string };
}

export interface StackTestOptions {
  readonly terraform: Terraform;
  readonly deadlineMs: number;
  readonly verbose: boolean;
}

/**
 * Plans a stack, and applies it on mocks.
 * @throws CouldNotRun if the providers cannot be installed
 */
export async function testStack(stack: StackToTest, options: StackTestOptions): Promise<StackResult> {
  const { title, environment, folder, json, assertions } = stack;
  const started = Date.now();
  const { text, problems } = testFileOf(json, assertions);
  writeFileSync(join(folder, testFileName), text);
  writeFileSync(join(folder, overrideFileName), `${JSON.stringify(computedBlocksOf(json))}\n`);
  const result = (more: readonly string[], plan?: StackResult['plan']): StackResult => ({
    title,
    environment,
    seconds: (Date.now() - started) / 1000,
    problems: shortened([...problems, ...more]),
    ...(plan && { plan }),
  });
  const left = () => Math.max(1, started + options.deadlineMs - Date.now());
  try {
    const error = await initialize(options.terraform, folder, left());
    if (error) return result([error]);
    const { passed, errors, refused, exitCode, plan, version } = await test(options.terraform, folder, {
      deadlineMs: left(),
      verbose: options.verbose,
    });
    const missing = ['plan', 'apply'].filter((run) => !passed.has(run));
    const silent = errors.length === 0 && (missing.length > 0 || (exitCode !== 0 && refused.length === 0));
    return result(
      [
        ...errors,
        ...(silent ? [`terraform test failed without an error, exit code ${exitCode}`] : []),
        ...(missing.length === 0 ? protectionProblems(refused, assertions.protectedTypes ?? []) : []),
      ],
      plan !== undefined && version !== undefined ? { json: plan, terraform: version } : undefined,
    );
  } catch (error) {
    if (!(error instanceof Overdue)) throw error;
    return result([
      `${error.message} within ${options.deadlineMs / 1000} s. Repeat with a larger --deadline, or read the log of terraform in ${folder}.`,
    ]);
  }
}

/** Maximum number of reported problems of a stack. One wrong id makes many resources fail. */
const mostProblems = 20;

function shortened(problems: readonly string[]): readonly string[] {
  const different = [...new Set(problems)];
  if (different.length <= mostProblems) return different;
  return [...different.slice(0, mostProblems), `… and ${different.length - mostProblems} more`];
}

const asText = (list: readonly string[]) => (list.length > 0 ? list.join(', ') : 'nothing');

export function protectionProblems(
  refused: readonly string[],
  expected: readonly string[],
): readonly string[] {
  const types = refused.map((address) => address.split('.')[0] ?? '').sort();
  if (asText(types) === asText([...expected].sort())) return [];
  return [
    `Terraform refuses to destroy ${asText(types)}, expected ${asText([...expected].sort())} (lifecycle.prevent_destroy)`,
  ];
}
