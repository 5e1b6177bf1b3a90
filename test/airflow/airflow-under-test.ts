import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { AirflowApi, type DagRun } from '../../demo/airflow/api.ts';
import { type AirflowInstallation, installAirflow } from '../../demo/airflow/installation.ts';
import { type Component, local } from '../../demo/component.ts';
import { airflow } from '../../demo/components/airflow.ts';
import { functionComponents } from '../../demo/components/functions.ts';
import { pushgateway } from '../../demo/components/pushgateway.ts';
import { parseSettings } from '../../demo/settings.ts';
import { Supervisor } from '../../demo/supervisor/supervisor.ts';
import { buildFunctions } from '../../functions/build.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { operatorActions } from './operator-actions.ts';

export const root = join(import.meta.dirname, '..', '..');
const readyTimeoutMs = 300_000;
const runTimeoutMs = 120_000;

export interface AirflowUnderTest {
  readonly installation: AirflowInstallation;
  readonly api: AirflowApi;
  readonly operator: ReturnType<typeof operatorActions>;
  readonly pushgatewayUrl: string;
  readonly supervisor: Supervisor;
  readonly dataDir: string;
  run(dagId: string, conf?: object): Promise<DagRun>;
  untilEnded(dagId: string, runId: string): Promise<DagRun>;
  stop(): Promise<void>;
}

/** Starts Airflow, a Pushgateway and the batch-pusher. Airflow immediately starts a scheduled run. */
export async function startAirflow(token: string): Promise<AirflowUnderTest> {
  const [programs, installation] = await Promise.all([
    obtainPrograms({ names: ['pushgateway'] }),
    installAirflow({ root, onProgress: (line) => console.log(line) }),
    buildFunctions(),
  ]);
  const dataDir = mkdtempSync(join(tmpdir(), 'airflow-test-'));
  const defaults = parseSettings(root, ['--airflow']);
  const [airflowPort, pushgatewayPort, batchPusherPort] = await freePorts(3);
  const ports = {
    ...defaults.ports,
    airflow: airflowPort as number,
    pushgateway: pushgatewayPort as number,
    batchPusher: batchPusherPort as number,
  };
  const settings = { ...defaults, dataDir, ports };
  const batchPusher = functionComponents
    .map((factory) => factory(settings))
    .find(({ name }) => name === 'batch-pusher') as Component;
  const withEnv = (component: Component, env: Readonly<Record<string, string>>): Component => ({
    ...component,
    env: { ...component.env, ...env },
  });
  const knowingToken = (component: Component): Component => {
    const connection = JSON.parse(component.env?.AIRFLOW_CONN_BATCH_PUSHER ?? '{}');
    return withEnv(component, {
      AIRFLOW_CONN_BATCH_PUSHER: JSON.stringify({ ...connection, password: token }),
      ETL_PERIOD_SECONDS: '86400',
    });
  };
  const components = [
    pushgateway(settings),
    withEnv(batchPusher, { API_TOKEN: token }),
    ...airflow(settings, installation).map(knowingToken),
  ];
  const supervisor = new Supervisor(settings, components, programs);
  const stop = async () => {
    await supervisor.stop();
    rmSync(dataDir, { recursive: true, maxRetries: 3 });
  };
  const api = new AirflowApi(local(ports.airflow));
  supervisor.start();
  try {
    await supervisor.untilReady(readyTimeoutMs, new AbortController().signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    installation,
    api,
    operator: operatorActions(local(ports.airflow)),
    pushgatewayUrl: local(ports.pushgateway),
    supervisor,
    dataDir,
    run: async (dagId, conf = {}) =>
      api.untilEnded(dagId, (await api.trigger(dagId, conf)).dag_run_id, runTimeoutMs),
    untilEnded: (dagId, runId) => api.untilEnded(dagId, runId, runTimeoutMs),
    stop,
  };
}

/** The pushed values of a group, by metric name. The metrics of the Pushgateway itself are left out. */
export async function pushed(url: string, job: string, dagId: string): Promise<Record<string, number>> {
  const own = [...(await exposition(url)).matchAll(/^(\w+)\{([^}]*)\} (\S+)$/gm)].filter(
    ([, name, labels]) =>
      !name?.startsWith('push_') && labels === `dag_id="${dagId}",instance="",job="${job}"`,
  );
  return Object.fromEntries(own.map(([, name, , value]) => [name, Number(value)]));
}

export async function exposition(url: string): Promise<string> {
  const { body } = await request(`${url}/metrics`, { signal: AbortSignal.timeout(5000) });
  return body.text();
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
