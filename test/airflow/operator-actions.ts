import { request } from 'undici';
import * as z from 'zod';

const dagRuns = z.object({
  dag_runs: z.array(
    z.object({
      dag_run_id: z.string(),
      state: z.string(),
      run_type: z.string(),
      logical_date: z.string().nullable(),
      start_date: z.string().nullable(),
      end_date: z.string().nullable(),
    }),
  ),
});

const backfills = z.object({ backfills: z.array(z.object({ completed_at: z.string().nullable() })) });

export type RunRecord = z.infer<typeof dagRuns>['dag_runs'][number];

/**
 * Actions of an operator in the web pages of Airflow.
 * @param url root URL of Airflow
 */
export function operatorActions(url: string) {
  async function call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<unknown> {
    const signal = AbortSignal.timeout(30_000);
    const login = await request(`${url}/auth/token`, { signal });
    const { access_token } = (await login.body.json()) as { access_token: string };
    const response = await request(`${url}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal,
    });
    const text = await response.body.text();
    if (response.statusCode > 299) throw new Error(`${response.statusCode} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  return {
    clear: (dagId: string, runId: string, taskIds: readonly string[], downstream = true) =>
      call('POST', `/dags/${dagId}/clearTaskInstances`, {
        dry_run: false,
        dag_run_id: runId,
        task_ids: taskIds,
        only_failed: false,
        include_downstream: downstream,
      }),
    markRun: (dagId: string, runId: string, state: 'success' | 'failed') =>
      call('PATCH', `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}`, { state }),
    /** The backfill includes the dates `from` and `to`. */
    backfill: (dagId: string, from: Date, to: Date, more: object) =>
      call('POST', '/backfills', {
        dag_id: dagId,
        from_date: from.toISOString(),
        to_date: to.toISOString(),
        ...more,
      }),
    /** Airflow refuses a new backfill while another backfill of the DAG runs. */
    backfillsEnded: async (dagId: string): Promise<boolean> =>
      backfills
        .parse(await call('GET', `/backfills?dag_id=${dagId}`))
        .backfills.every(({ completed_at }) => completed_at !== null),
    runs: async (dagId: string, runType: string): Promise<readonly RunRecord[]> =>
      dagRuns.parse(await call('GET', `/dags/${dagId}/dagRuns?run_type=${runType}&limit=100`)).dag_runs,
  };
}
