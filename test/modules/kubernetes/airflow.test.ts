import { describe, expect, it } from 'vitest';
import { airflowValues } from '../../../modules/kubernetes/airflow/values.ts';
import type { ClusterConnection } from '../../../modules/kubernetes/connection.ts';

const props = {
  connection: {} as ClusterConnection,
  namespace: 'airflow-3',
  database: { host: 'db.example.com', name: 'airflow', user: 'airflow' },
};

describe('Airflow', () => {
  const values = airflowValues(props);

  it('brings neither a database nor a queue of its own', () => {
    expect(values).toMatchObject({
      executor: 'LocalExecutor',
      postgresql: { enabled: false },
      redis: { enabled: false },
    });
  });

  it('takes every key and password from one Secret, so that no upgrade makes new ones', () => {
    const { data, fernetKeySecretName, apiSecretKeySecretName, jwtSecretName } = values;
    const names = [data.metadataSecretName, fernetKeySecretName, apiSecretKeySecretName, jwtSecretName];
    expect(new Set(names)).toEqual(new Set(['airflow-secrets']));
    expect(values.createUserJob.env[0]?.valueFrom?.secretKeyRef?.name).toBe('airflow-secrets');
    expect(JSON.stringify(values)).not.toMatch(/"password"|postgresql:\/\//);
  });

  it('migrates its database by a plain job, for Helm waits for Pods that wait for it', () => {
    const plain = { useHelmHooks: false, applyCustomEnv: false };
    expect(values.migrateDatabaseJob).toMatchObject(plain);
    expect(values.createUserJob).toMatchObject(plain);
  });

  it('pushes over TLS to a Pushgateway that it can check', () => {
    const env = Object.fromEntries(values.env.map(({ name, value }) => [name, value]));
    expect(env.PUSHGATEWAY_URL).toBe('https://pushgateway.airflow-3.svc:9091');
    const mount = values.volumeMounts.find(({ name }) => name === 'platform-ca');
    expect(env.SSL_CERT_FILE).toBe(`${mount?.mountPath}/ca.crt`);
  });

  it('finds the DAG where it looks for DAGs', () => {
    expect(values.volumes).toContainEqual({ name: 'dags', configMap: { name: 'airflow-dags' } });
    expect(values.volumeMounts).toContainEqual({
      name: 'dags',
      mountPath: '/opt/airflow/dags',
      readOnly: true,
    });
  });

  it('comes from a mirror where there is one', () => {
    const sources = { images: 'mirror.example/hub', pullSecret: 'mirror' };
    expect(airflowValues({ ...props, sources })).toMatchObject({
      defaultAirflowRepository: 'mirror.example/hub/apache/airflow',
      registry: { secretName: 'mirror' },
    });
  });
});
