import { systemClock } from '../../clock.ts';
import { type Env, type FunctionDefinition, missingTask, TaskError } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog, type Log } from '../../log.ts';
import { numberSetting, readSettings, SettingsError } from '../../settings.ts';

/** Exit codes of a job. A scheduler can use them to decide about a retry. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** EX_TEMPFAIL of sysexits.h: a retry can help. For example, the Pushgateway is unavailable. */
  temporary: 75,
  /** EX_CONFIG of sysexits.h: a setting is wrong. A retry does not help. */
  misconfigured: 78,
  /** SIGTERM or SIGINT ended the job. A shell reports 143 (128 + 15) after SIGTERM. */
  terminated: 143,
} as const;

export interface JobOptions {
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly log?: Log;
  /**
   * Receives the result of the task as a line of JSON.
   * @default writes to standard output
   */
  readonly print?: (line: string) => void;
}

export const jobSettings = {
  /** Seconds after which the job ends the task. */
  JOB_TIMEOUT_SECONDS: numberSetting('seconds', { min: 1, max: 86_400, fallback: 300 }),
};

/** @returns the exit code; never rejects */
export async function runTask(definition: FunctionDefinition, options: JobOptions = {}): Promise<number> {
  const { env = process.env, signal, log = jsonLog, print = (line) => process.stdout.write(line) } = options;
  try {
    const { JOB_TIMEOUT_SECONDS } = readSettings(jobSettings, env);
    const { task } = definition.create(env, {
      runtime: `job node ${process.version}`,
      lifetime: 'frozen',
      clock: systemClock,
      log,
      createFetch: nodeFetchOf(env),
    });
    if (!task) throw new SettingsError(missingTask(definition));
    const deadline = AbortSignal.timeout(JOB_TIMEOUT_SECONDS * 1000);
    const result = await task.run(signal ? AbortSignal.any([signal, deadline]) : deadline);
    print(`${JSON.stringify(result)}\n`);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof SettingsError) {
      log('error', error.message);
      return exitCodes.misconfigured;
    }
    log('error', `${definition.name} failed`, {
      detail: error instanceof Error ? error.message : String(error),
    });
    if (signal?.aborted) return exitCodes.terminated;
    return error instanceof TaskError && error.temporary ? exitCodes.temporary : exitCodes.failed;
  }
}

export async function runJob(definition: FunctionDefinition): Promise<never> {
  const abort = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => abort.abort());
  process.exit(await runTask(definition, { signal: abort.signal }));
}
