import { mkdirSync, writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { wholeNumberWithin } from '../../console/cli/values.ts';
import { junitPath, junitXml } from '../../drill/junit-xml.ts';
import { requireTerraform, TerraformUnavailable } from '../../terraform/require-terraform.ts';
import { convertedPlan, writeRecording } from './recording.ts';
import type { StackToTest } from './stacks.ts';
import { CouldNotRun, type Terraform } from './terraform.ts';
import { type StackResult, testStack } from './test-stack.ts';

const exitCodes = { passed: 0, failed: 1, couldNotRun: 2 } as const;

export interface PlanTests {
  readonly terraform: Terraform;
  readonly stacks: () => Promise<readonly StackToTest[]>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** On a terminal, one line shows the running stacks. */
  readonly isTerminal: boolean;
}

interface Options {
  readonly environment?: readonly string[];
  readonly stack?: readonly string[];
  readonly parallel: number;
  readonly deadline: number;
  readonly junit?: string;
  readonly record?: string;
}

export function planTestsProgram(): Command {
  return new Command('npm run test:plans --')
    .description(
      `Plans every stack of every environment, applies it on mocks of the providers, and checks what the plan must contain. Needs Terraform and the providers, but no cluster and no subscription. Exit codes: ${exitCodes.passed} every stack passed, ${exitCodes.failed} a stack failed or the command line is wrong, ${exitCodes.couldNotRun} the tests could not run.`,
    )
    .option('--environment <name...>', 'only the stacks of these environments')
    .option('--stack <name...>', 'only these stacks')
    .option('--parallel <N>', 'maximum number of stacks at the same time', wholeNumberWithin(1, 16), 2)
    .option('--deadline <seconds>', 'maximum time for a stack', wholeNumberWithin(1, 3600), 600)
    .option('--junit <file>', 'also writes the results to a JUnit file')
    .option(
      '--record <folder>',
      'also writes the plan of each stack into this folder, for npm run plan:review',
    )
    .allowExcessArguments(false)
    .showHelpAfterError();
}

export async function runPlanTests(argv: readonly string[], tests: PlanTests): Promise<number> {
  const program = planTestsProgram()
    .exitOverride()
    .configureOutput({ writeOut: tests.out, writeErr: tests.error });
  try {
    program.parse(argv, { from: 'user' });
    return await testAll(program.opts<Options>(), tests);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CouldNotRun || error instanceof TerraformUnavailable)) throw error;
    tests.error(`${error.message}\n`);
    return exitCodes.couldNotRun;
  }
}

async function testAll(options: Options, tests: PlanTests): Promise<number> {
  const { out } = tests;
  const junit = options.junit === undefined ? undefined : junitPath(options.junit);
  if (junit && 'problem' in junit) throw new CouldNotRun(junit.problem);
  const version = await requireTerraform(tests.terraform);
  const stacks = chosen(await tests.stacks(), options);
  if (options.record !== undefined) createFolder(options.record);
  out(`Testing the plans of ${stacks.length} stacks with Terraform ${version}.\n`);
  const results = await testStacks(stacks, options, tests);
  const failed = results.filter(({ problems }) => problems.length > 0);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  out(
    `${results.length - failed.length} passed, ${failed.length} failed. The stacks took ${seconds.toFixed(0)} s in total.\n`,
  );
  if (junit) writeFileSync(junit.path, junitXml([{ name: 'plans', cases: results.map(junitCase) }]));
  return failed.length > 0 ? exitCodes.failed : exitCodes.passed;
}

/** @throws CouldNotRun if the folder cannot be created */
function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new CouldNotRun(
      `--record cannot create the folder ${folder} (${code}). Name a folder that you may create.`,
    );
  }
}

/** @throws CouldNotRun if an environment or a stack does not exist */
function chosen(
  all: readonly StackToTest[],
  { environment = [], stack = [] }: Options,
): readonly StackToTest[] {
  const refuse = (kind: string, names: readonly string[], known: readonly string[]) => {
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length === 0) return;
    throw new CouldNotRun(
      `There is no ${kind} ${unknown.join(', ')}. Choose from ${[...new Set(known)].join(', ')}.`,
    );
  };
  refuse(
    'environment',
    environment,
    all.map((one) => one.environment),
  );
  refuse(
    'stack',
    stack,
    all.flatMap(({ name, title }) => [name, title]),
  );
  return all.filter(
    (one) =>
      (environment.length === 0 || environment.includes(one.environment)) &&
      (stack.length === 0 || stack.includes(one.name) || stack.includes(one.title)),
  );
}

async function testStacks(
  stacks: readonly StackToTest[],
  { parallel, deadline, record }: Options,
  { terraform, out, isTerminal }: PlanTests,
): Promise<readonly StackResult[]> {
  const results: StackResult[] = [];
  const waiting = [...stacks];
  const running = new Set<string>();
  const show = () => {
    if (isTerminal && running.size > 0) out(`\r\u001b[2K${[...running].join(', ')} …`);
  };
  const worker = async () => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) {
      running.add(stack.title);
      show();
      const verbose = record !== undefined;
      const result = await testStack(stack, { terraform, deadlineMs: deadline * 1000, verbose });
      running.delete(stack.title);
      results.push(result);
      out(`${isTerminal ? '\r\u001b[2K' : ''}${lineOf(result, results.length, stacks.length)}`);
      show();
      if (record !== undefined && result.plan) {
        const { json, terraform: version } = result.plan;
        writeRecording(record, stack.title.replaceAll('/', '-'), convertedPlan(json, version, stack.json));
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}

function lineOf({ title, seconds, problems }: StackResult, done: number, count: number): string {
  const verdict = problems.length === 0 ? 'passed' : 'FAILED';
  const list = problems.map((problem) => `  - ${problem}\n`).join('');
  return `[${done}/${count}] ${title}: ${verdict}, ${seconds.toFixed(1)} s\n${list}`;
}

const junitCase = ({ title, environment, seconds, problems }: StackResult) => ({
  classname: `plans.${environment}`,
  name: title,
  seconds,
  outcomes: problems.map((message) => ({ kind: 'failure' as const, message })),
});
