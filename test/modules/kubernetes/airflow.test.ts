import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Airflow } from '../../../modules/kubernetes/airflow/airflow.ts';
import { airflowValues } from '../../../modules/kubernetes/airflow/values.ts';
import type { ClusterConnection } from '../../../modules/kubernetes/connection.ts';
import { kubernetesObjects, validate } from './manifest.ts';
import { release, resources, synthesize } from './synthesis.ts';

const props = {
  connection: {} as ClusterConnection,
  namespace: 'airflow-3',
  database: { host: 'db.example.com', name: 'airflow', user: 'airflow' },
  every: '10m',
};

describe('Airflow', () => {
  const values = airflowValues(props);

  it('installs no database and no message queue', () => {
    expect(values).toMatchObject({
      executor: 'LocalExecutor',
      postgresql: { enabled: false },
      redis: { enabled: false },
    });
  });

  it('has no rights in the cluster', () => {
    expect(values.executor).toBe('LocalExecutor');
    expect(values.rbac).toEqual({ create: false });
  });

  it('reads every key and every password from one Secret', () => {
    const { data, fernetKeySecretName, apiSecretKeySecretName, jwtSecretName } = values;
    const names = [data.metadataSecretName, fernetKeySecretName, apiSecretKeySecretName, jwtSecretName];
    expect(new Set(names)).toEqual(new Set(['airflow-secrets']));
    expect(values.createUserJob.env[0]?.valueFrom?.secretKeyRef?.name).toBe('airflow-secrets');
    expect(JSON.stringify(values)).not.toMatch(/"password"|postgresql:\/\//);
  });

  it('creates its administrator without showing the password in the process list', () => {
    const folder = mkdtempSync(join(tmpdir(), 'airflow-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'airflow'), '#!/bin/sh\necho "$@"\ncat\n', { mode: 0o755 });
    const [command = '', ...args] = values.createUserJob.args;
    const env = { PATH: `${folder}:${process.env.PATH}`, ADMIN_PASSWORD: 'p%s$(id)"' };
    const [asked, ...answers] = execFileSync(command, args, { env, encoding: 'utf8' }).split('\n');
    expect(asked).toMatch(/^users create --role Admin --username admin /);
    expect(asked).not.toContain('p%s');
    expect(answers).toEqual(['p%s$(id)"', 'p%s$(id)"', '']);
  });

  it('migrates its database with a normal Job in place of a Helm hook', () => {
    const plain = { useHelmHooks: false, applyCustomEnv: false };
    expect(values.migrateDatabaseJob).toMatchObject(plain);
    expect(values.createUserJob).toMatchObject(plain);
  });

  it('pushes metrics to the Pushgateway over TLS', () => {
    const env = Object.fromEntries(values.env.map(({ name, value }) => [name, value]));
    expect(env.PUSHGATEWAY_URL).toBe('https://pushgateway.airflow-3.svc:9091');
    const mount = values.volumeMounts.find(({ name }) => name === 'platform-ca');
    expect(env.PUSHGATEWAY_CA_FILE).toBe(`${mount?.mountPath}/ca.crt`);
    expect(env.BATCH_PUSHER_CA_FILE).toBe(env.PUSHGATEWAY_CA_FILE);
  });

  it('runs its DAG at the interval that the environment sets', () => {
    expect(values.env).toContainEqual({ name: 'ETL_PERIOD_SECONDS', value: '600' });
  });

  it('mounts the files of the DAG in its DAG folder', () => {
    expect(values.volumes).toContainEqual({ name: 'dags', configMap: { name: 'airflow-dags' } });
    expect(values.volumeMounts).toContainEqual({
      name: 'dags',
      mountPath: '/opt/airflow/dags',
      readOnly: true,
    });
  });

  it('uses the image from the mirror if there is a mirror', () => {
    const sources = { images: 'mirror.example/hub', pullSecret: 'mirror' };
    expect(airflowValues({ ...props, sources })).toMatchObject({
      defaultAirflowRepository: 'mirror.example/hub/apache/airflow',
      registry: { secretName: 'mirror' },
    });
  });
});

describe('Airflow in a stack', () => {
  const stack = synthesize((scope, connection) => new Airflow(scope, 'airflow', { ...props, connection }));

  it('is created after its Secret and after the ConfigMap with the DAG', () => {
    const objects = kubernetesObjects(stack);
    for (const object of objects) validate(object);
    const [dags] = objects.filter(({ kind }) => kind === 'ConfigMap');
    expect(Object.keys(dags?.data)).toEqual(['prometheus_metrics_dag.py']);
    expect(release(stack, 'airflow').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_secret_v1\./),
      expect.stringMatching(/^kubernetes_config_map_v1\./),
    ]);
  });

  it('generates all secrets except the database password', () => {
    expect(stack.variable.airflow_database_password).toMatchObject({ sensitive: true, ephemeral: true });
    const [secret] = resources(stack, 'kubernetes_secret_v1');
    expect(secret?.data).toBeUndefined();
    const data = secret?.data_wo as Record<string, string>;
    expect(data.connection).toBe(
      `postgresql://airflow:\${urlencode(var.airflow_database_password)}@db.example.com:5432/airflow?sslmode=require`,
    );
    for (const key of ['fernet-key', 'api-secret-key', 'jwt-secret', 'admin-password']) {
      expect(data[key]).toContain('ephemeral.random_password.airflow_');
    }
  });
});
