import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { charts } from '../../../config/charts.ts';
import { credentialSecrets, platformCa, services } from '../../../config/cluster-names.ts';
import { restrictedPod, writableContainer } from '../../../config/pod-security.ts';
import { seconds } from '../../../metrics/duration.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { imageRegistry } from '../artifact-sources.ts';
import { serverName } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { AirflowProps } from './props.ts';

interface Off {
  readonly enabled: false;
}

/** Settings for a plain Job. A Helm hook would wait for the pods, and the pods wait for the migration. */
interface PlainJob {
  readonly useHelmHooks: false;
  readonly applyCustomEnv: false;
  readonly resources: Resources;
}

export interface AirflowValues {
  readonly executor: 'LocalExecutor';
  readonly rbac: { readonly create: false };
  readonly defaultAirflowRepository: string;
  readonly registry?: { readonly secretName: string };
  readonly data: { readonly metadataSecretName: string };
  readonly fernetKeySecretName: string;
  readonly apiSecretKeySecretName: string;
  readonly jwtSecretName: string;
  readonly postgresql: Off;
  readonly redis: Off;
  readonly statsd: Off;
  readonly triggerer: Off;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volumes: readonly IVolume[];
  readonly volumeMounts: readonly IVolumeMount[];
  readonly securityContexts: { readonly pod: object; readonly containers: object };
  readonly migrateDatabaseJob: PlainJob;
  readonly createUserJob: PlainJob & { readonly args: readonly string[]; readonly env: readonly IEnvVar[] };
  readonly apiServer: { readonly resources: Resources };
  readonly scheduler: { readonly resources: Resources };
  readonly dagProcessor: { readonly resources: Resources };
}

export const dagConfigMap = 'airflow-dags';

/** Names of the keys in the Secret of Airflow. The Helm chart prescribes the first four names. */
export const secretKeys = {
  connection: 'connection',
  fernet: 'fernet-key',
  api: 'api-secret-key',
  jwt: 'jwt-secret',
  adminPassword: 'admin-password',
} as const;

export function airflowValues({ sources, every }: AirflowProps): AirflowValues {
  const { repository } = charts.airflow.images.airflow;
  const { pushgateway } = services;
  const secret = credentialSecrets.airflow;
  const small: Resources = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1536Mi' } };
  const job = { useHelmHooks: false, applyCustomEnv: false, resources: small } as const;
  const caFolder = '/etc/platform-ca';
  return {
    executor: 'LocalExecutor',
    // Tasks run as processes and need no role. The chart's role would allow privileged pods.
    rbac: { create: false },
    defaultAirflowRepository: `${imageRegistry(charts.airflow.images.airflow, sources)}/${repository}`,
    ...(sources?.pullSecret && { registry: { secretName: sources.pullSecret } }),
    data: { metadataSecretName: secret },
    fernetKeySecretName: secret,
    apiSecretKeySecretName: secret,
    jwtSecretName: secret,
    postgresql: { enabled: false },
    redis: { enabled: false },
    statsd: { enabled: false },
    triggerer: { enabled: false },
    env: [
      { name: 'ETL_PERIOD_SECONDS', value: String(seconds(every)) },
      {
        name: 'PUSHGATEWAY_URL',
        value: `https://${serverName(pushgateway.name, pushgateway.namespace)}:${sourcePorts.pushgateway}`,
      },
      { name: 'PUSHGATEWAY_CA_FILE', value: `${caFolder}/ca.crt` },
      { name: 'BATCH_PUSHER_CA_FILE', value: `${caFolder}/ca.crt` },
    ],
    volumes: [
      { name: 'dags', configMap: { name: dagConfigMap } },
      { name: 'platform-ca', configMap: { name: platformCa.configMap } },
    ],
    volumeMounts: [
      { name: 'dags', mountPath: '/opt/airflow/dags', readOnly: true },
      { name: 'platform-ca', mountPath: caFolder, readOnly: true },
    ],
    securityContexts: {
      pod: { ...restrictedPod(50000), runAsGroup: 0, fsGroup: 0 },
      containers: writableContainer,
    },
    migrateDatabaseJob: job,
    createUserJob: {
      ...job,
      args: [
        'bash',
        '-c',
        // Standard input hides the password from the process list. Airflow reads the password twice.
        'printf "%s\\n" "$ADMIN_PASSWORD" "$ADMIN_PASSWORD" | airflow users create --role Admin --username admin' +
          ' --firstname Admin --lastname Admin --email admin@example.invalid',
      ],
      env: [
        {
          name: 'ADMIN_PASSWORD',
          valueFrom: { secretKeyRef: { name: secret, key: secretKeys.adminPassword } },
        },
      ],
    },
    apiServer: { resources: small },
    scheduler: { resources: { requests: { cpu: '200m', memory: '768Mi' }, limits: { memory: '2Gi' } } },
    dagProcessor: { resources: small },
  };
}
