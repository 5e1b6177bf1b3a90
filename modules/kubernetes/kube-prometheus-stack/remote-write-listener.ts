import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { charts } from '../../../config/charts.ts';
import { remoteWriteListener, tlsSecrets } from '../../../config/cluster-names.ts';
import { type ArtifactSources, imageReference } from '../artifact-sources.ts';
import { restrictedContainer } from '../security.ts';
import { listenerConfig } from './remote-write-config.ts';

/**
 * The remote-write listener: Caddy runs in the pod of the central Prometheus and forwards requests to the receiver. A
 * reloader signals Caddy to read renewed certificates. docs/adr/remote-write-listener.md has the reasons.
 */

const name = 'remote-write-listener';
const folders = { config: '/etc/listener', tls: '/etc/listener-tls', run: '/run/listener' } as const;
const files = {
  config: `${folders.config}/caddy.json`,
  cert: `${folders.tls}/tls.crt`,
  key: `${folders.tls}/tls.key`,
  ca: `${folders.tls}/ca.crt`,
  pid: `${folders.run}/caddy.pid`,
} as const;

/**
 * Number of the signal SIGUSR1 on Linux. Caddy reads its configuration and its certificates again only after this
 * signal.
 */
const sigusr1 = 10;

/**
 * User id of the listener's containers. It must differ from the user of Prometheus, because the containers share a
 * process namespace. With the same user id, the listener could read Prometheus' files.
 */
const user = 1001;

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
  // The empty folder hides the token of Prometheus' service account from the listener. The other containers of the pod
  // need this token.
  { name: volumeNames.empty, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
];

/** Names of the listener's containers. They use none of the pod's identities. */
export const listenerContainerNames = [name, `${name}-reloader`] as const;

/**
 * The ConfigMap with Caddy's configuration.
 * @param edges names of the edges that may write
 */
export function listenerManifest(namespace: string, edges: readonly string[]): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { 'caddy.json': JSON.stringify(listenerConfig(edges, files), undefined, 2) },
  };
}

export function listenerVolumes(): IVolume[] {
  return [
    { name: volumeNames.config, configMap: { name } },
    { name: volumeNames.tls, secret: { secretName: tlsSecrets.prometheus } },
    { name: volumeNames.run, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: volumeNames.empty, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
  ];
}

export function listenerContainers(sources?: ArtifactSources): IContainer[] {
  const { remoteWriteListener: caddy, certificateReloader } = charts.kubePrometheusStack.images;
  return [
    {
      name,
      image: imageReference(caddy, sources),
      // The shell writes the pid file and is then replaced by Caddy, which keeps the process id. Caddy itself would
      // write a line break into the pid file, and the reloader fails on a line break.
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
      // The listener has no readiness probe, because an unready listener would make the whole pod unready. Then
      // Prometheus would be removed from its Service.
      livenessProbe: {
        httpGet: { path: '/healthz', port: remoteWriteListener.healthPort, scheme: 'HTTPS' },
        initialDelaySeconds: 5,
        periodSeconds: 10,
        timeoutSeconds: 5,
      },
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '192Mi' } },
      securityContext: {
        ...restrictedContainer,
        runAsUser: user,
        // The program file in the image has NET_BIND_SERVICE as a file attribute, and does not start in a container
        // that drops this capability. The running process does not get this capability, because privilege escalation is
        // off.
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
