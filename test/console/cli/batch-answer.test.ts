import { describe, expect, it } from 'vitest';
import { batchRefusal, batchSentence } from '../../../console/cli/batch-answer.ts';

describe('the sentence about a batch run', () => {
  it('contains the record counts of each stage of a successful run', () => {
    const etl = { extracted: 10, transformed: 9, loaded: 9 };
    expect(batchSentence(JSON.stringify({ status: 'success', durationSeconds: 2, etl }))).toBe(
      'The batch has succeeded: 10 records extracted, 9 transformed, 9 loaded, in 2.0 s.',
    );
  });

  it('contains the state and the URL of an Airflow run', () => {
    const answer = {
      dag_id: 'etl',
      dag_run_id: '1',
      state: 'failed',
      page: 'http://127.0.0.1:8080/dags/etl',
    };
    expect(batchSentence(JSON.stringify(answer))).toBe(
      'The batch has ended in Airflow with the state failed: http://127.0.0.1:8080/dags/etl',
    );
  });

  it('contains the unchanged answer if the answer is not JSON', () => {
    expect(batchSentence('job.batch/etl created')).toBe('The batch has ended: job.batch/etl created');
  });

  it('states the reason why the request for the run failed', () => {
    expect(batchRefusal(503, '{"status":503,"detail":"The Pushgateway cannot be reached."}')).toBe(
      'The batch run has failed (status 503): The Pushgateway cannot be reached.',
    );
    expect(batchRefusal(502, 'Bad Gateway')).toBe('The batch run has failed (status 502): Bad Gateway');
  });
});
