import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { charts } from '../../../config/charts.ts';
import { operatorSecret, platformCa, tlsSecrets } from '../../../config/cluster-names.ts';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import { releases } from '../../../config/topology.ts';
import { sources } from '../../../sources/index.ts';
import { imageRegistry } from '../artifact-sources.ts';
import { certificate, scrapeTls } from '../certificates.ts';
import { scrapedByCentral } from '../monitor-labels.ts';
import type { Resources } from '../resources.ts';
import { monitorLimit } from '../scrape-limits.ts';
import { webConfigPath, webTlsMount, webTlsVolume } from '../web-config.ts';
import type { PushgatewayProps } from './props.ts';

interface ProbeValues {
  readonly probe: { readonly httpGet: { readonly scheme: 'HTTPS' } };
}

/** Chart values that the platform sets. A misspelled key is a compile error. */
export interface PushgatewayValues {
  readonly fullnameOverride: string;
  readonly image: { readonly registry: string; readonly repository: string };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly automountServiceAccountToken: false;
  readonly extraArgs: readonly string[];
  readonly extraVolumes: readonly IVolume[];
  readonly extraVolumeMounts: readonly IVolumeMount[];
  readonly liveness: ProbeValues;
  readonly readiness: ProbeValues;
  readonly securityContext: IPodSecurityContext;
  readonly containerSecurityContext: NonNullable<IContainer['securityContext']>;
  readonly resources: Resources;
  readonly persistentVolume: {
    readonly enabled: true;
    readonly size: string;
    readonly storageClass?: string;
  };
  readonly serviceMonitor: { readonly enabled: false };
  /** Additional Kubernetes objects. The chart evaluates `{{ … }}` in the objects as a Helm template. */
  readonly extraManifests: readonly (object | string)[];
}

const nobody = 65534;

export function pushgatewayValues(props: PushgatewayProps): PushgatewayValues {
  const { namespace, storage, sources: artifacts, issuer } = props;
  const image = charts.pushgateway.images.pushgateway;
  const probe: ProbeValues = { probe: { httpGet: { scheme: 'HTTPS' } } };
  return {
    // Name of the Service, and value of the label `job`. Pushers connect to this name.
    fullnameOverride: releases.pushgateway,
    image: { registry: imageRegistry(image, artifacts), repository: image.repository },
    ...(artifacts?.pullSecret && { imagePullSecrets: [{ name: artifacts.pullSecret }] }),
    automountServiceAccountToken: false,
    extraArgs: [
      '--persistence.file=/data/pushgateway.data',
      // The Pushgateway saves its metrics each minute. A killed pod loses the pushes since the last save.
      '--persistence.interval=1m',
      `--web.config.file=${webConfigPath}`,
    ],
    extraVolumes: [webTlsVolume(tlsSecrets.pushgateway)],
    extraVolumeMounts: [webTlsMount],
    liveness: probe,
    readiness: probe,
    securityContext: restrictedPod(nobody),
    containerSecurityContext: restrictedContainer,
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    persistentVolume: {
      enabled: true,
      size: storage.size,
      ...(storage.className && { storageClass: storage.className }),
    },
    // The chart's monitor has no sample limit. `serviceMonitor()` below creates a monitor with a limit.
    serviceMonitor: { enabled: false },
    extraManifests: [
      certificate({
        secretName: tlsSecrets.pushgateway,
        namespace,
        services: [releases.pushgateway],
        ...(props.extraDnsNames && { dnsNames: props.extraDnsNames }),
        ...(issuer && { issuer }),
      }),
      caConfigMap(namespace),
      serviceMonitor(namespace),
    ],
  };
}

function serviceMonitor(namespace: string): IServiceMonitor {
  const labels = {
    'app.kubernetes.io/name': 'prometheus-pushgateway',
    'app.kubernetes.io/instance': releases.pushgateway,
  };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: releases.pushgateway, namespace, labels: { ...labels, ...scrapedByCentral } },
    spec: {
      ...monitorLimit('pushgateway'),
      selector: { matchLabels: labels },
      endpoints: [
        {
          port: 'http',
          path: sources.pushgateway.path,
          honorLabels: true,
          scheme: 'https',
          tlsConfig: scrapeTls(tlsSecrets.pushgateway, releases.pushgateway, namespace),
        },
      ],
    },
  };
}

/** Helm template that copies the CA from the operator's Secret. The Secret exists before this release. */
function caConfigMap(namespace: string): string {
  return [
    `{{- with lookup "v1" "Secret" "${namespace}" "${operatorSecret}" }}`,
    'apiVersion: v1',
    'kind: ConfigMap',
    `metadata: {name: ${platformCa.configMap}, namespace: ${namespace}}`,
    'data: {ca.crt: {{ index .data "ca.crt" | b64dec | toJson }}}',
    '{{- end }}',
    '',
  ].join('\n');
}
