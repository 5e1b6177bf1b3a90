import { setTimeout as delay } from 'node:timers/promises';
import { etlDagId } from '../../config/topology.ts';
import type { EtlRun } from '../../console/index.ts';
import { StartFailed } from '../start-failed.ts';
import { type Batch, type BatchMode, type RunAnswer, usualRun } from '../traffic/batch.ts';
import { AirflowApi } from './api.ts';

const variable = `${etlDagId}_params`;
const parsedWithinMs = 90_000;
const pollMs = 500;
const runDeadlineMs = 90_000;

/** The batch in Airflow: a DAG runs the ETL on its own schedule. */
export class AirflowBatch implements Batch {
  readonly #url: string;
  readonly #api: AirflowApi;
  readonly #ended = new AbortController();

  constructor(url: string) {
    this.#url = url;
    this.#api = new AirflowApi(url);
  }

  /**
   * Waits until Airflow has read the DAG.
   * @throws StartFailed after a timeout or an import error
   */
  async start(signal: AbortSignal): Promise<void> {
    const until = Date.now() + parsedWithinMs;
    while (!(await this.#api.hasDag(etlDagId))) {
      const errors = await this.#api.importErrors();
      if (errors.length > 0)
        throw new StartFailed(
          `Airflow cannot import these DAG files. Correct the files, then start the pipeline again.\n${errors.join('\n')}`,
        );
      if (Date.now() > until) {
        throw new StartFailed(
          `Airflow did not find the DAG ${etlDagId} within ${parsedWithinMs / 1000} s. Read the log of the component airflow-dag-processor.`,
        );
      }
      await delay(pollMs, undefined, { signal });
    }
    // A fault can pause the DAG. The pause remains if the pipeline stops during the fault.
    await this.setMode('on');
  }

  async setMode(mode: BatchMode): Promise<void> {
    if (mode === 'failing') await this.#api.setVariable(variable, { failAt: 'transform' });
    else await this.#api.deleteVariable(variable);
    await this.#api.pause(etlDagId, mode === 'off');
  }

  async trigger(run: EtlRun = {}): Promise<RunAnswer> {
    const { dag_run_id } = await this.#api.trigger(etlDagId, usualRun(run));
    const { state } = await this.#api.untilEnded(etlDagId, dag_run_id, runDeadlineMs, this.#ended.signal);
    const page = `${this.#url}/dags/${etlDagId}/runs/${encodeURIComponent(dag_run_id)}`;
    return { status: 200, body: JSON.stringify({ dag_id: etlDagId, dag_run_id, state, page }) };
  }

  async stop(): Promise<void> {
    this.#ended.abort();
  }
}
