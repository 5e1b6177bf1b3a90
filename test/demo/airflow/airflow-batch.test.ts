import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AirflowBatch } from '../../../demo/airflow/airflow-batch.ts';
import { StartFailed } from '../../../demo/start-failed.ts';

let server: Server;
let calls: string[];
/** Status and body of the answers, by `METHOD path`. Every other answer is 200 with an empty object. */
let answers: Record<string, readonly [number, unknown]>;
let batch: AirflowBatch;
const dag = '/api/v2/dags/prometheus_metrics_dag';
const variable = '/api/v2/variables/prometheus_metrics_dag_params';

beforeEach(async () => {
  calls = [];
  answers = { 'GET /auth/token': [200, { access_token: 'token' }] };
  server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      const call = `${incoming.method} ${incoming.url?.split('?')[0]}`;
      calls.push(`${call} ${body}`.trim());
      const [status, answer] = answers[call] ?? [200, {}];
      response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  batch = new AirflowBatch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await batch.stop();
  server.closeAllConnections();
  server.close();
});

describe('the batch in Airflow', () => {
  it('pauses the DAG in the mode `off`', async () => {
    await batch.setMode('off');
    expect(calls).toContain(`PATCH ${dag} {"is_paused":true}`);
  });

  it('sets the Airflow Variable with `failAt` only in the mode `failing`', async () => {
    answers['POST /api/v2/variables'] = [409, {}];
    await batch.setMode('failing');
    expect(calls).toContain(
      `PATCH ${variable} {"key":"prometheus_metrics_dag_params","value":"{\\"failAt\\":\\"transform\\"}"}`,
    );
    answers[`DELETE ${variable}`] = [404, {}];
    await batch.setMode('on');
    expect(calls.slice(-2)).toEqual([`DELETE ${variable}`, `PATCH ${dag} {"is_paused":false}`]);
  });

  it('does not start if Airflow cannot import the DAG', async () => {
    answers[`GET ${dag}`] = [404, {}];
    answers['GET /api/v2/importErrors'] = [
      200,
      { import_errors: [{ filename: 'dag.py', stack_trace: 'SyntaxError: line 7' }] },
    ];
    const start = batch.start(new AbortController().signal);
    await expect(start).rejects.toThrow(StartFailed);
    await expect(start).rejects.toThrow(/dag\.py:\nSyntaxError: line 7/);
  });

  it('reports the outcome of a triggered run and the address of its page', async () => {
    answers[`POST ${dag}/dagRuns`] = [200, { dag_run_id: 'manual__1+00:00', state: 'queued' }];
    answers[`GET ${dag}/dagRuns/manual__1%2B00%3A00`] = [
      200,
      { dag_run_id: 'manual__1+00:00', state: 'failed' },
    ];
    const { status, body } = await batch.trigger({ failAt: 'load' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      state: 'failed',
      page: expect.stringContaining('/runs/manual__1%2B00%3A00'),
    });
    const [trigger] = calls.filter((call) => call.startsWith('POST'));
    expect(trigger).toMatch(
      /"logical_date":null,"conf":\{"records":\d+,"durationSeconds":2,"failAt":"load"\}/,
    );
  });
});
