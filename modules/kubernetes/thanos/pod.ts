import { createHash } from 'node:crypto';
import { charts } from '../../../config/charts.ts';
import { credentialSecrets, thanos } from '../../../config/cluster-names.ts';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import { imageReference } from '../artifact-sources.ts';
import { configMapName, folders, objectStoreVersion } from './files.ts';
import { storeLogin } from './object-store-login.ts';
import type { ThanosProps } from './props.ts';
import { type Sidecars, terraformContainer, terraformVolume } from './sidecars.ts';
import type { Size } from './sizing.ts';

/** User id in the Thanos image. */
const user = 1001;

export interface ThanosPod {
  readonly name: string;
  readonly tlsSecret: string;
  readonly args: readonly string[];
  readonly size: Pick<Size, 'cpu' | 'memory'>;
  /** The keys are names of ports. */
  readonly ports: Readonly<Record<string, number>>;
  /** `tcp` only opens a connection, because the port requires a client certificate. */
  readonly probe: 'https' | 'tcp';
  /**
   * Seconds until Kubernetes restarts a pod that has not started.
   * @default 60
   */
  readonly startSeconds?: number;
  /**
   * Seconds until Kubernetes kills a pod that has not stopped.
   * @default 30
   */
  readonly stopSeconds?: number;
  /**
   * Whether a PersistentVolumeClaim holds the data.
   * @default false: the data is lost with the pod
   */
  readonly claimed?: boolean;
  /** @default false */
  readonly usesStore?: boolean;
  /**
   * Additional containers that share a process namespace with Thanos.
   * @default none
   */
  readonly sidecars?: Sidecars;
}

export function startSeconds(pod: Pick<ThanosPod, 'startSeconds'>): number {
  return pod.startSeconds ?? 60;
}

export function stopSeconds(pod: Pick<ThanosPod, 'stopSeconds'>): number {
  return pod.stopSeconds ?? 30;
}

export function thanosLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'prometheus-platform' };
}

export const dataVolume = 'data';

const checksumAnnotation = 'checksum/object-store';

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The pods meet the Pod Security Standard `restricted`. */
export function podTemplate(pod: ThanosPod, { sources, store }: ThanosProps) {
  const { http } = thanos.ports;
  const labels = thanosLabels(pod.name);
  const login = storeLogin(pod.usesStore ? store?.objects : undefined);
  const probe = (path: string) =>
    pod.probe === 'tcp'
      ? { tcpSocket: [{ port: String(http) }] }
      : { httpGet: { path, port: String(http), scheme: 'HTTPS' } };
  const startPeriod = 5;
  const podLabels = { ...labels, ...login.podLabels };
  const { runAsNonRoot, seccompProfile } = restrictedPod(user);
  return {
    metadata: {
      labels: podLabels,
      // Thanos reads the object store settings and keys only at its start. A new checksum restarts the pods.
      ...(pod.usesStore &&
        store && { annotations: { [checksumAnnotation]: checksum(objectStoreVersion(store.objects)) } }),
    },
    spec: {
      serviceAccountName: thanos.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(pod.sidecars && { shareProcessNamespace: true }),
      securityContext: {
        runAsNonRoot,
        runAsUser: String(user),
        runAsGroup: String(user),
        fsGroup: String(user),
        // With the default policy, the start is slow: Kubernetes changes the owner of every file.
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile,
      },
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: credentialSecrets.registry }] }),
      terminationGracePeriodSeconds: stopSeconds(pod),
      topologySpreadConstraint: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
        (topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: [{ matchLabels: labels }],
        }),
      ),
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: [{ matchLabels: labels }],
              },
            },
          ],
        },
      },
      container: [
        {
          name: 'thanos',
          image: imageReference(charts.kubePrometheusStack.images.thanos, sources),
          imagePullPolicy: 'IfNotPresent',
          args: [...pod.args],
          env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, ...login.env],
          port: Object.entries(pod.ports).map(([name, containerPort]) => ({ name, containerPort })),
          // No CPU limit, because throttled Thanos pods would delay the samples of all edges.
          resources: {
            requests: { cpu: pod.size.cpu, memory: pod.size.memory },
            limits: { memory: pod.size.memory },
          },
          securityContext: { ...restrictedContainer, runAsNonRoot: true },
          startupProbe: {
            ...probe('/-/ready'),
            periodSeconds: startPeriod,
            failureThreshold: Math.ceil(startSeconds(pod) / startPeriod),
          },
          readinessProbe: { ...probe('/-/ready'), periodSeconds: 5, timeoutSeconds: 3 },
          livenessProbe: {
            ...probe('/-/healthy'),
            periodSeconds: 15,
            timeoutSeconds: 5,
            failureThreshold: 4,
          },
          volumeMount: [
            { name: 'tls', mountPath: folders.tls, readOnly: true },
            { name: 'config', mountPath: folders.config, readOnly: true },
            { name: dataVolume, mountPath: folders.data },
          ],
        },
        ...(pod.sidecars?.containers ?? []).map(terraformContainer),
      ],
      volume: [
        { name: 'tls', secret: { secretName: pod.tlsSecret } },
        { name: 'config', configMap: { name: configMapName } },
        ...(pod.claimed ? [] : [{ name: dataVolume, emptyDir: {} }]),
        ...(pod.sidecars?.volumes ?? []).map(terraformVolume),
      ],
    },
  };
}
