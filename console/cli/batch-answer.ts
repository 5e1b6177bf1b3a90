import * as z from 'zod/mini';
import { jsonOf } from './json-of.ts';

const batchPusher = z.object({
  status: z.enum(['success', 'failure']),
  failedAt: z.optional(z.string()),
  durationSeconds: z.number(),
  etl: z.object({ extracted: z.int(), transformed: z.int(), loaded: z.int() }),
});
const airflow = z.object({ state: z.string(), page: z.string() });
const refusal = z.object({ detail: z.string() });

/** @param answer JSON text of the batch-pusher or of Airflow */
export function batchSentence(answer: string): string {
  const json = jsonOf(answer);
  const run = batchPusher.safeParse(json);
  if (run.success) {
    const { status, failedAt, durationSeconds, etl } = run.data;
    const at = failedAt === undefined ? '' : ` at the stage ${failedAt}`;
    const verdict = status === 'success' ? 'has succeeded' : `has failed${at}`;
    return `The batch ${verdict}: ${etl.extracted} records extracted, ${etl.transformed} transformed, ${etl.loaded} loaded, in ${durationSeconds.toFixed(1)} s.`;
  }
  const dag = airflow.safeParse(json);
  if (dag.success) return `The batch has ended in Airflow with the state ${dag.data.state}: ${dag.data.page}`;
  return `The batch has ended: ${answer}`;
}

/** @param answer body in the format of RFC 9457, or any text */
export function batchRefusal(status: number, answer: string): string {
  const problem = refusal.safeParse(jsonOf(answer));
  return `The batch run has failed (status ${status}): ${problem.success ? problem.data.detail : answer}`;
}
