import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import * as z from 'zod';
import { direct } from '../../verify/direct.ts';

const token = z.object({ access_token: z.string() });
const dagRun = z.object({ dag_run_id: z.string(), state: z.string() });
const tasks = z.object({
  task_instances: z.array(z.object({ task_id: z.string(), state: z.string().nullable() })),
});
const importErrors = z.object({
  import_errors: z.array(z.object({ filename: z.string(), stack_trace: z.string() })),
});

export type DagRun = z.infer<typeof dagRun>;

// Milliseconds. The first request is slow, because Airflow loads many modules.
const deadlineMs = 30_000;
const pollMs = 300;
const ended = new Set(['success', 'failed']);

/** @throws Error with the status and the body of a refused request */
export class AirflowApi {
  readonly #url: string;
  #token: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * A run of a paused DAG waits until the DAG is active again.
   * @param conf parameters of the run
   */
  async trigger(dagId: string, conf: object): Promise<DagRun> {
    const answer = await this.#call('POST', `/dags/${dagId}/dagRuns`, { logical_date: null, conf });
    return dagRun.parse(answer.body);
  }

  /**
   * Waits at most `timeoutMs` for the end of a run.
   * @returns the last known state of the run
   */
  async untilEnded(dagId: string, runId: string, timeoutMs: number, signal?: AbortSignal): Promise<DagRun> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const { body } = await this.#call('GET', `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}`);
      const run = dagRun.parse(body);
      if (ended.has(run.state) || Date.now() > until) return run;
      await delay(pollMs, undefined, signal && { signal });
    }
  }

  async taskStates(dagId: string, runId: string): Promise<Record<string, string | null>> {
    const path = `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/taskInstances`;
    const { body } = await this.#call('GET', path);
    return Object.fromEntries(tasks.parse(body).task_instances.map((t) => [t.task_id, t.state]));
  }

  async latestRuns(dagId: string): Promise<readonly DagRun[]> {
    const { body } = await this.#call('GET', `/dags/${dagId}/dagRuns?order_by=-run_after&limit=5`);
    return z.object({ dag_runs: z.array(dagRun) }).parse(body).dag_runs;
  }

  async hasDag(dagId: string): Promise<boolean> {
    return (await this.#call('GET', `/dags/${dagId}`, undefined, [404])).status === 200;
  }

  /** Returns a text for each import error. The first line is the file name. The stack trace follows. */
  async importErrors(): Promise<readonly string[]> {
    const { body } = await this.#call('GET', '/importErrors');
    return importErrors.parse(body).import_errors.map((e) => `${e.filename}:\n${e.stack_trace}`);
  }

  async pause(dagId: string, isPaused: boolean): Promise<void> {
    await this.#call('PATCH', `/dags/${dagId}?update_mask=is_paused`, { is_paused: isPaused });
  }

  async setVariable(key: string, value: object): Promise<void> {
    const body = { key, value: JSON.stringify(value) };
    const created = await this.#call('POST', '/variables', body, [409]);
    if (created.status === 409) await this.#call('PATCH', `/variables/${key}`, body);
  }

  async deleteVariable(key: string): Promise<void> {
    await this.#call('DELETE', `/variables/${key}`, undefined, [404]);
  }

  async #call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    alsoGood: readonly number[] = [],
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    this.#token ??= await this.#login();
    const response = await request(`${this.#url}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
      dispatcher: await direct(),
    });
    const status = response.statusCode;
    const text = await response.body.text();
    // A token expires after a day. The next call then logs in again.
    if (status === 401) this.#token = undefined;
    if ((status < 200 || status > 299) && !alsoGood.includes(status)) {
      throw new Error(`Airflow answered ${status} to ${method} ${path}: ${text.slice(0, 500)}`);
    }
    return { status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Airflow needs no password on a laptop, because Airflow listens on the loopback interface. */
  async #login(): Promise<string> {
    const response = await request(`${this.#url}/auth/token`, {
      signal: AbortSignal.timeout(deadlineMs),
      dispatcher: await direct(),
    });
    return token.parse(await response.body.json()).access_token;
  }
}
