import { execFileSync } from 'node:child_process';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { etlDagId } from '../../config/topology.ts';
import { shiftPorts } from '../../demo/settings.ts';
import { numberSetting, readSettings } from '../../functions/settings.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { isRunning } from '../is-running.ts';
import { type Start, startPipeline, statusAt, until } from '../live/processes.ts';

const { AIRFLOW_PORT_OFFSET: portOffset } = readSettings(
  { AIRFLOW_PORT_OFFSET: numberSetting('ports', { min: 0, max: 40_000, fallback: 17_000, integer: true }) },
  process.env,
);
const ports = shiftPorts(portOffset);
let start: Start;

beforeAll(async () => {
  start = startPipeline(['--airflow', '--fresh', '--port-offset', String(portOffset)]);
  let ended = false;
  void start.ended.then(() => {
    ended = true;
  });
  await until(
    () => start.output(),
    () => ended || /^Ready in /m.test(start.output()),
    25 * 60_000,
  );
  console.log(start.output());
  expect(ended).toBe(false);
});
afterAll(async () => {
  start.child.kill('SIGINT');
  await start.ended;
});

it('a run of the DAG that the console triggers appears in Prometheus', async () => {
  const { body } = await request(`http://127.0.0.1:${ports.console}/api/batch`, {
    method: 'POST',
    body: '{}',
    signal: AbortSignal.timeout(120_000),
  });
  const { answer } = (await body.json()) as { answer: string };
  expect(JSON.parse(answer)).toMatchObject({ dag_id: etlDagId, state: 'success' });
  const prometheus = prometheusApi(`http://127.0.0.1:${ports.prometheus}`);
  await until(
    () => 'the run is not in Prometheus',
    async () =>
      (await prometheus.query(`${batchMetrics.success.name}{dag_id="${etlDagId}"} == 1`)).length > 0,
    30_000,
  );
});

it('Ctrl-C stops the laptop pipeline and all processes of Airflow', async () => {
  const { components } = await statusAt(ports.console);
  const pids = components.flatMap(({ name, pid }) => (name.startsWith('airflow') && pid ? [pid] : []));
  expect(pids).toHaveLength(3);
  start.child.kill('SIGINT');
  expect(await start.ended).toBe(0);
  for (const pid of pids) {
    expect(isRunning(pid)).toBe(false);
    await until(
      () => `processes of ${pid} are left`,
      async () => !groupRuns(pid),
      2000,
    );
  }
});

/** Whether the process group `pgid` still has a running process. A zombie process does not count. */
function groupRuns(pgid: number): boolean {
  const processes = execFileSync('ps', ['-A', '-o', 'pgid=,stat='], { encoding: 'utf8' });
  return new RegExp(`^ *${pgid} +[^Z\\s]`, 'm').test(processes);
}
