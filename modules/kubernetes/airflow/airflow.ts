import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { charts } from '../../../config/charts.ts';
import { airflowRelease, credentialSecrets } from '../../../config/cluster-names.ts';
import { ChartRelease } from '../chart-release.ts';
import { EphemeralSecret, ephemeralVariable, generatedPassword } from '../ephemeral-secret.ts';
import { literal } from '../literal.ts';
import { AllowIngress } from '../network-policy.ts';
import type { AirflowProps } from './props.ts';
import { airflowValues, dagConfigMap, secretKeys } from './values.ts';

const dag = 'prometheus_metrics_dag.py';
const dagFile = join(import.meta.dirname, '../../../dags', dag);

export function airflowPeer(namespace: string) {
  return { namespace, pods: { release: airflowRelease } };
}

/** Airflow with the DAG of the demo. The namespace must contain the ConfigMap with the CA certificate. */
export class Airflow extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: AirflowProps) {
    super(scope, id);
    const { connection, namespace, dependsOn = [] } = props;
    const secret = this.#secret(props);
    const dags = new ConfigMapV1(this, 'dags', {
      provider: connection.kubernetes,
      metadata: { name: dagConfigMap, namespace },
      data: { [dag]: literal(readFileSync(dagFile, 'utf8')) },
      ...(props.dependsOn && { dependsOn }),
    });
    this.release = new ChartRelease(this, 'release', {
      ...props,
      dependsOn: [...dependsOn, secret, dags],
      chart: charts.airflow,
      name: airflowRelease,
      values: airflowValues(props),
    });
    const { pods } = airflowPeer(namespace);
    new AllowIngress(this, 'allow-airflow', {
      connection,
      namespace,
      name: 'allow-airflow',
      to: pods,
      rules: [{ from: [{ namespace, pods }], ports: [8080] }],
      ...(props.dependsOn && { dependsOn }),
    });
  }

  #secret({ connection, namespace, database, dependsOn = [] }: AirflowProps) {
    const password = ephemeralVariable(
      this,
      'airflow_database_password',
      `Password of ${database.user} on ${database.host}`,
    );
    const login = `${database.user}:${Fn.urlencode(password)}`;
    return new EphemeralSecret(this, 'secrets', {
      connection,
      namespace,
      name: credentialSecrets.airflow,
      data: {
        [secretKeys.connection]: `postgresql://${login}@${database.host}:5432/${database.name}?sslmode=require`,
        // Fernet requires exactly 32 bytes in URL-safe base64.
        // Symbols in the password could produce the forbidden characters `+` and `/`.
        [secretKeys.fernet]: Fn.base64encode(generatedPassword(this, 'airflow_fernet_key')),
        [secretKeys.api]: generatedPassword(this, 'airflow_api_secret'),
        [secretKeys.jwt]: generatedPassword(this, 'airflow_jwt_secret', 64),
        [secretKeys.adminPassword]: generatedPassword(this, 'airflow_admin_password'),
      },
      dependsOn,
    }).secret;
  }
}
