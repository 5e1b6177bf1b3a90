import type { IPodMetricsEndpoint } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMetricsEndpoint';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { charts } from '../../../config/charts.ts';
import { tlsSecrets } from '../../../config/cluster-names.ts';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import { mebibytes } from '../../../config/quantity.ts';
import { type ClusterLabels, releases } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { imageRegistry } from '../artifact-sources.ts';
import { certificate, scrapeTls } from '../certificates.ts';
import { clusterRelabelings } from '../relabelings.ts';
import { monitorLimit } from '../scrape-limits.ts';
import type { NatsProps } from './props.ts';

/** A JSON Patch operation (https://datatracker.ietf.org/doc/html/rfc6902). */
interface Patch {
  readonly op: 'add';
  readonly path: string;
  readonly value: unknown;
}

interface Tls {
  readonly enabled: true;
  readonly secretName: string;
}

/** Chart values that the platform sets. A misspelled key is a compile error. */
export interface NatsValues {
  readonly global: {
    readonly image: { readonly registry: string; readonly pullSecretNames?: readonly string[] };
  };
  readonly tlsCA: { readonly enabled: true; readonly secretName: string };
  readonly config: {
    readonly cluster: { readonly enabled: boolean; readonly replicas: number; readonly tls?: Tls };
    readonly nats: { readonly tls: Tls };
    /** The monitor port uses the certificate of the client port. */
    readonly monitor: { readonly tls: { readonly enabled: true } };
    readonly jetstream: {
      readonly enabled: true;
      readonly memoryStore: { readonly enabled: true; readonly maxSize: string };
      readonly fileStore: {
        readonly maxSize: string;
        readonly pvc: { readonly size: string; readonly storageClassName?: string };
      };
    };
  };
  readonly container: {
    readonly image: { readonly repository: string; readonly tag: string };
    readonly env: Readonly<Record<string, string>>;
    readonly merge: Pick<IContainer, 'resources' | 'securityContext'>;
  };
  readonly reloader: { readonly merge: Pick<IContainer, 'resources' | 'securityContext'> };
  readonly promExporter: {
    readonly enabled: true;
    readonly port: number;
    readonly env: Readonly<Record<string, string>>;
    readonly merge: Pick<IContainer, 'resources' | 'securityContext' | 'volumeMounts'>;
    readonly patch: readonly Patch[];
    readonly podMonitor: {
      readonly enabled: true;
      readonly merge: {
        readonly metadata: { readonly labels: Readonly<Record<string, string>> };
        readonly spec: { readonly sampleLimit: number };
      };
      readonly patch: readonly Patch[];
    };
  };
  readonly podTemplate: {
    readonly topologySpreadConstraints: Readonly<
      Record<string, { readonly maxSkew: number; readonly whenUnsatisfiable: 'ScheduleAnyway' }>
    >;
    readonly merge: { readonly spec: Pick<IPodSpec, 'automountServiceAccountToken' | 'securityContext'> };
    readonly patch: readonly Patch[];
  };
  readonly natsBox: { readonly enabled: false };
  readonly extraResources: readonly object[];
}

const user = 1000;
const exporterTls = '/etc/exporter-tls';
const exporterVolume = 'exporter-tls';

export function natsValues(props: NatsProps): NatsValues {
  const { sources, storage } = props;
  const image = charts.nats.images.nats;
  return {
    global: {
      image: {
        registry: imageRegistry(image, sources),
        ...(sources?.pullSecret && { pullSecretNames: [sources.pullSecret] }),
      },
    },
    tlsCA: { enabled: true, secretName: tlsSecrets.nats },
    config: {
      cluster: {
        enabled: props.replicas > 1,
        replicas: props.replicas,
        ...(props.replicas > 1 && { tls: { enabled: true, secretName: tlsSecrets.nats } }),
      },
      nats: { tls: { enabled: true, secretName: tlsSecrets.nats } },
      monitor: { tls: { enabled: true } },
      jetstream: {
        enabled: true,
        memoryStore: { enabled: true, maxSize: '128Mi' },
        fileStore: {
          maxSize: ninetyPercent(storage.size),
          pvc: { size: storage.size, ...(storage.className && { storageClassName: storage.className }) },
        },
      },
    },
    container: {
      image: { repository: image.repository, tag: image.tag },
      env: { GOMEMLIMIT: '460MiB' },
      merge: {
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        securityContext: restrictedContainer,
      },
    },
    reloader: {
      merge: {
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
        securityContext: restrictedContainer,
      },
    },
    promExporter: promExporter(props),
    podTemplate: {
      topologySpreadConstraints: {
        'kubernetes.io/hostname': { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
      },
      merge: { spec: { automountServiceAccountToken: false, securityContext: restrictedPod(user) } },
      patch: [
        add('/spec/volumes/-', { name: exporterVolume, secret: { secretName: tlsSecrets.natsExporter } }),
      ],
    },
    natsBox: { enabled: false },
    extraResources: [...certificates(props), ...(props.manifests ?? [])],
  };
}

function promExporter({ namespace, labels, monitorLabels }: NatsProps): NatsValues['promExporter'] {
  return {
    enabled: true,
    port: sourcePorts.natsExporter,
    // The exporter has no option for the CA of NATS, but Go reads the CA file from this variable.
    env: { SSL_CERT_FILE: `${exporterTls}/ca.crt` },
    merge: {
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
      securityContext: restrictedContainer,
      volumeMounts: [{ name: exporterVolume, mountPath: exporterTls, readOnly: true }],
    },
    // The exporter ignores flags after the URL of NATS. Therefore the patch adds flags at the front.
    patch: [
      add('/args/0', `-tlscert=${exporterTls}/tls.crt`),
      add('/args/0', `-tlskey=${exporterTls}/tls.key`),
    ],
    podMonitor: {
      enabled: true,
      merge: { metadata: { labels: monitorLabels }, spec: monitorLimit('natsExporter') },
      patch: endpointPatches(namespace, labels),
    },
  };
}

function endpointPatches(namespace: string, labels: ClusterLabels): Patch[] {
  const endpoint: Pick<IPodMetricsEndpoint, 'relabelings' | 'scheme' | 'tlsConfig'> = {
    scheme: 'https',
    tlsConfig: scrapeTls(tlsSecrets.natsExporter, releases.nats, namespace),
    relabelings: clusterRelabelings(labels),
  };
  return Object.entries(endpoint).map(([key, value]) => add(`/spec/podMetricsEndpoints/0/${key}`, value));
}

function certificates({ namespace, issuer }: NatsProps): object[] {
  const headless = `${releases.nats}-headless`;
  const byIssuer = { namespace, services: [releases.nats], ...(issuer && { issuer }) };
  return [
    certificate({
      ...byIssuer,
      secretName: tlsSecrets.nats,
      client: true,
      dnsNames: [`*.${headless}`, `*.${headless}.${namespace}.svc.cluster.local`],
    }),
    // The exporter reads its certificate files only at its start.
    certificate({ ...byIssuer, secretName: tlsSecrets.natsExporter, reloads: false }),
  ];
}

function add(path: string, value: unknown): Patch {
  return { op: 'add', path, value };
}

/** JetStream gets 90 % of the volume `size`, such as `10Gi`. The file system needs the rest. */
function ninetyPercent(size: string): string {
  return `${Math.floor(mebibytes(size) * 0.9)}Mi`;
}
