import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { defaultBatchPeriod } from '../../config/knobs.ts';
import { pushgatewayMetrics } from '../../metrics/definitions/pushgateway.ts';
import { seconds } from '../../metrics/duration.ts';
import { select } from '../../metrics/promql.ts';
import type { AirflowInstallation } from '../airflow/installation.ts';
import { type Component, local } from '../component.ts';
import { perMinute } from '../connection-rates.ts';
import { places } from '../places.ts';
import type { Settings } from '../settings.ts';

/** The processes of Airflow. There is no triggerer, because no task is deferrable. */
export function airflow(settings: Settings, installation: AirflowInstallation): readonly Component[] {
  const { ports, root, dataDir } = settings;
  const home = join(dataDir, 'data', 'airflow');
  const database = `airflow-${installation.key}.db`;
  const api = local(ports.airflow);
  const health = local(ports.airflow, '/api/v2/monitor/health');
  const shared = {
    place: places.monitoring,
    env: {
      AIRFLOW_HOME: home,
      AIRFLOW_CONFIG: join(dataDir, 'config', 'airflow', 'airflow.cfg'),
      // New secrets at each start invalidate earlier sessions and task tokens.
      AIRFLOW__API__SECRET_KEY: sessionSecret,
      AIRFLOW__API_AUTH__JWT_SECRET: taskSecret,
      AIRFLOW_CONN_BATCH_PUSHER: JSON.stringify({
        conn_type: 'http',
        host: '127.0.0.1',
        port: ports.batchPusher,
      }),
      PUSHGATEWAY_URL: local(ports.pushgateway),
      ETL_STAGING: join(home, 'staging'),
      ETL_PERIOD_SECONDS: String(seconds(defaultBatchPeriod.laptop)),
    },
    ports: [],
    healthUrl: health,
  };
  const program = { kind: 'command', path: installation.airflow } as const;
  return [
    {
      ...shared,
      name: 'airflow',
      role: 'runs the ETL as a DAG; its pages and its API',
      program,
      args: ['api-server'],
      files: { 'config/airflow/airflow.cfg': configuration(join(root, 'dags'), join(home, database), api) },
      folders: ['data/airflow'],
      seeds: { [`data/airflow/${database}`]: installation.database },
      ports: [ports.airflow],
      url: api,
      // The first request to the execution API needs 8 s of processor time, and blocks other requests.
      healthUrl: local(ports.airflow, '/execution/health'),
    },
    {
      ...shared,
      name: 'airflow-scheduler',
      role: 'starts the runs and executes their tasks',
      connections: [
        {
          to: 'pushgateway',
          kind: 'push',
          rate: perMinute(select(pushgatewayMetrics.requests, { handler: 'push' })),
          unit: 'pushes/min',
        },
      ],
      program,
      args: ['scheduler', '--skip-serve-logs'],
      url: health,
      healthAnswer: /"scheduler":\{"status":"healthy"/,
      // Airflow tasks call Airflow's own API server, which runs in the component `airflow`.
      after: ['airflow'],
    },
    {
      ...shared,
      name: 'airflow-dag-processor',
      role: 'reads the DAGs',
      program,
      args: ['dag-processor'],
      url: health,
      healthAnswer: /"dag_processor":\{"status":"healthy"/,
    },
  ];
}

const sessionSecret = randomBytes(32).toString('hex');
const taskSecret = randomBytes(64).toString('hex');

/** The text of airflow.cfg. Every `%` is doubled, because Python's configparser expands a single `%`. */
function configuration(dags: string, database: string, api: string): string {
  const { hostname, port } = new URL(api);
  const sections = {
    core: {
      dags_folder: dags,
      load_examples: 'False',
      dags_are_paused_at_creation: 'False',
      executor: 'LocalExecutor',
      parallelism: 2,
      execution_api_server_url: `${api}/execution/`,
      simple_auth_manager_all_admins: 'True',
      fernet_key: '',
    },
    database: { sql_alchemy_conn: `sqlite:///${database}` },
    api: { host: hostname, port, base_url: api, workers: 1 },
    dag_processor: { refresh_interval: 10 },
    // Seconds. After a crash, a new scheduler must soon continue the tasks of the crashed scheduler.
    scheduler: {
      orphaned_tasks_check_interval: 15,
      task_instance_heartbeat_timeout: 30,
    },
    logging: { logging_level: 'WARNING' },
    usage_data_collection: { enabled: 'False' },
  };
  return Object.entries(sections)
    .map(([name, options]) =>
      [
        `[${name}]`,
        ...Object.entries(options).map(([key, value]) => `${key} = ${String(value).replaceAll('%', '%%')}`),
        '',
      ].join('\n'),
    )
    .join('\n');
}
