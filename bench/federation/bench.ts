import { setMaxListeners } from 'node:events';
import { statfs } from 'node:fs/promises';
import { freemem, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartFailed } from '../../demo/start-failed.ts';
import { obtainPrograms, renderProgress, ToolchainError } from '../../toolchain/index.ts';
import { stopRequest } from '../../toolchain/stop-request.ts';
import { machine } from '../figures.ts';
import type { BenchOptions } from '../options.ts';
import { fullSpeed } from './full-speed.ts';
import { federationOptions } from './options.ts';
import { type Plan, planOf, type Run } from './plan.ts';
import { printGoals, type Result, tables } from './report.ts';
import type { Context } from './session.ts';
import { steady } from './steady.ts';

const root = join(import.meta.dirname, '../..');

/** Measures the receivers of Prometheus and Thanos, with agents and with a load generator. */
export async function bench(options: BenchOptions): Promise<void> {
  const signal = stopRequest('bench');
  // Turns off a warning of Node.js. Each connection and each poll adds a listener to `signal`.
  setMaxListeners(0, signal);
  try {
    await measure(options, signal);
  } catch (error) {
    if (signal.aborted) {
      console.log('The benchmark is stopped; no process is left.');
      process.exit(130);
    }
    if (!(error instanceof StartFailed || error instanceof ToolchainError || error instanceof RangeError))
      throw error;
    console.error(`error: ${error.message}`);
    process.exit(1);
  }
}

async function measure(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const plan = planOf(federationOptions(options));
  await requireSpace(plan);
  console.log(`  ${machine()}`);
  console.log(
    `  ${plan.runs.length} runs, about ${Math.ceil(plan.seconds / 60)} minutes on two idle cores, at most ${gigabytes(plan.memoryBytes)} of memory and ${gigabytes(plan.diskBytes)} in ${tmpdir()}`,
  );
  const progress = renderProgress(process.stderr);
  const names = [...new Set(['prometheus', ...plan.runs.map(({ engine }) => engine)] as const)];
  const programs = await obtainPrograms({
    names,
    signal,
    onProgress: progress,
    onNotice: progress.say,
  }).finally(() => progress.end());
  const context: Context = { root, programs, signal };
  const results: Result[] = [];
  try {
    for (const run of plan.runs) {
      const result = await resultOf(run, context);
      if (result === undefined) continue;
      results.push(result);
      printGoals(result);
    }
  } finally {
    if (results.length > 0) console.log(`\n${tables(results)}`);
  }
}

/**
 * Returns undefined if the measurement fails.
 * @throws StartFailed if a program does not start
 */
async function resultOf(run: Run, context: Context): Promise<Result | undefined> {
  const [before = 0] = loadavg();
  try {
    const figures = { steady: await steady(run, context), fullSpeed: await fullSpeed(run, context) };
    const [after = 0] = loadavg();
    return { run, load: [before, after], ...figures };
  } catch (error) {
    if (context.signal.aborted || error instanceof StartFailed || !(error instanceof Error)) throw error;
    const what = `${run.engine} with ${run.agents} agents`;
    console.error(
      `error: the run of ${what} failed. The machine may be too busy. Stop other programs, then repeat the run with \`npm run bench -- federation --engines ${run.engine} --agents ${run.agents} --series ${run.series} --interval ${run.interval}\`. The error was: ${error.message}`,
    );
    process.exitCode = 1;
    return undefined;
  }
}

async function requireSpace({ memoryBytes, diskBytes }: Plan): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir());
  const lacking = [
    ...(freemem() < memoryBytes
      ? [`The bench needs ${gigabytes(memoryBytes)} of memory, but only ${gigabytes(freemem())} are free.`]
      : []),
    ...(bavail * bsize < diskBytes
      ? [
          `The bench needs ${gigabytes(diskBytes)} of disk space in ${tmpdir()}, but only ${gigabytes(bavail * bsize)} are free.`,
        ]
      : []),
  ];
  if (lacking.length === 0) return;
  throw new StartFailed(
    `${lacking.join(' ')} Stop other programs or delete files, then run the bench again. A bench with one agent (--agents 1) and only with Prometheus (--engines prometheus) needs the least memory and disk space.`,
  );
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
