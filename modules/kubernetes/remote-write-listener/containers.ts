import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { charts } from '../../../config/charts.ts';
import { remoteWriteListener } from '../../../config/cluster-names.ts';
import { restrictedContainer } from '../../../config/pod-security.ts';
import { type ArtifactSources, imageReference } from '../artifact-sources.ts';
import { type ListenerProps, listenerConfig } from './config.ts';

/** The listener is Caddy in the pod of a receiver (docs/adr/remote-write-listener.md). */

export const listenerName = 'remote-write-listener';
const name = listenerName;
const folders = { config: '/etc/listener', tls: '/etc/listener-tls', run: '/run/listener' } as const;
const files = {
  config: `${folders.config}/caddy.json`,
  cert: `${folders.tls}/tls.crt`,
  key: `${folders.tls}/tls.key`,
  ca: `${folders.tls}/ca.crt`,
  pid: `${folders.run}/caddy.pid`,
} as const;

/** Number of SIGUSR1 on Linux. After this signal, Caddy reads its configuration and certificates again. */
const sigusr1 = 10;

/** Settings of the listener in the pod of a receiver. */
export interface ListenerPod {
  readonly tlsSecret: string;
  /** User id of the listener. With the receiver's id, the listener could read the receiver's files. */
  readonly user: number;
  /**
   * Whether the listener has a readiness probe.
   * @default false
   */
  readonly ready?: boolean;
  readonly sources?: ArtifactSources | undefined;
}

const volumeNames = {
  config: `${name}-config`,
  tls: `${name}-tls`,
  run: `${name}-run`,
  empty: `${name}-empty`,
};

const mounts: IVolumeMount[] = [
  { name: volumeNames.config, mountPath: folders.config, readOnly: true },
  { name: volumeNames.tls, mountPath: folders.tls, readOnly: true },
  { name: volumeNames.run, mountPath: folders.run },
  // An empty folder hides the service account token from Caddy and its reloader. Other containers need the token.
  { name: volumeNames.empty, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
];

export const listenerContainerNames = [name, `${name}-reloader`] as const;

export function listenerFiles(props: ListenerProps): Record<string, string> {
  return { 'caddy.json': JSON.stringify(listenerConfig(props, files), undefined, 2) };
}

export function listenerManifest(namespace: string, props: ListenerProps): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: listenerFiles(props),
  };
}

export function listenerVolumes({ tlsSecret }: Pick<ListenerPod, 'tlsSecret'>): IVolume[] {
  return [
    { name: volumeNames.config, configMap: { name } },
    { name: volumeNames.tls, secret: { secretName: tlsSecret } },
    { name: volumeNames.run, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: volumeNames.empty, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
  ];
}

export function listenerContainers({
  user,
  ready = false,
  sources,
}: Omit<ListenerPod, 'tlsSecret'>): IContainer[] {
  const health = {
    httpGet: { path: '/healthz', port: remoteWriteListener.healthPort, scheme: 'HTTPS' },
  } as const;
  const { remoteWriteListener: caddy, certificateReloader } = charts.kubePrometheusStack.images;
  return [
    {
      name,
      image: imageReference(caddy, sources),
      // The shell writes the pid file, because the reloader cannot parse the line break in the pid file of Caddy.
      // Without `exec`, the pid file would contain the process id of the shell.
      command: [
        '/bin/sh',
        '-c',
        `read -r pid rest < /proc/self/stat && printf %s "$pid" > ${files.pid} && exec /usr/bin/caddy run --config ${files.config}`,
      ],
      env: ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map((variable) => ({
        name: variable,
        value: folders.run,
      })),
      ports: [{ name: remoteWriteListener.portName, containerPort: remoteWriteListener.port }],
      livenessProbe: { ...health, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5 },
      // In the Prometheus pod, a failed readiness probe would also make Prometheus unreachable.
      ...(ready && { readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5 } }),
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '192Mi' } },
      securityContext: {
        ...restrictedContainer,
        runAsUser: user,
        // Linux starts the program file of Caddy only if the container has the capability NET_BIND_SERVICE.
        capabilities: { ...restrictedContainer.capabilities, add: ['NET_BIND_SERVICE'] },
      },
      volumeMounts: mounts,
    },
    {
      name: `${name}-reloader`,
      image: imageReference(certificateReloader, sources),
      command: [
        '/usr/local/bin/nats-server-config-reloader',
        '-pid',
        files.pid,
        '-signal',
        String(sigusr1),
        ...[files.config, files.cert, files.key, files.ca].flatMap((file) => ['-config', file]),
      ],
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      securityContext: { ...restrictedContainer, runAsUser: user },
      volumeMounts: mounts,
    },
  ];
}
