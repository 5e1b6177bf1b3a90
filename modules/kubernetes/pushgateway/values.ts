import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { charts } from '../../../config/charts.ts';
import { operatorSecret, platformCa, tlsSecrets } from '../../../config/cluster-names.ts';
import { releases } from '../../../config/topology.ts';
import { imageRegistry } from '../artifact-sources.ts';
import { certificate, scrapeTls } from '../certificates.ts';
import { scrapedByCentral } from '../monitor-labels.ts';
import type { Resources } from '../resources.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';
import { webConfigPath, webTlsMount, webTlsVolume } from '../web-config.ts';
import type { PushgatewayProps } from './props.ts';

interface ProbeValues {
  readonly probe: { readonly httpGet: { readonly scheme: 'HTTPS' } };
}

type Endpoint = NonNullable<NonNullable<IServiceMonitor['spec']>['endpoints']>[number];

/** The part of the chart's values that is set here; a key that is misspelt does not compile. */
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
  readonly serviceMonitor: Pick<Endpoint, 'honorLabels' | 'scheme' | 'tlsConfig'> & {
    readonly enabled: true;
    readonly namespace: string;
    readonly additionalLabels: Readonly<Record<string, string>>;
  };
  /** Rendered as templates: objects, or text that is one. */
  readonly extraManifests: readonly (object | string)[];
}

/** nobody, as in the image. */
const user = 65534;

export function pushgatewayValues(props: PushgatewayProps): PushgatewayValues {
  const { namespace, storage, sources, issuer } = props;
  const image = charts.pushgateway.images.pushgateway;
  const probe: ProbeValues = { probe: { httpGet: { scheme: 'HTTPS' } } };
  return {
    // The Service's name is the job's, and what pushers connect to.
    fullnameOverride: releases.pushgateway,
    image: { registry: imageRegistry(image, sources), repository: image.repository },
    ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
    automountServiceAccountToken: false,
    extraArgs: [
      '--persistence.file=/data/pushgateway.data',
      // What a killed pod forgets: the pushes since the last of these.
      '--persistence.interval=1m',
      `--web.config.file=${webConfigPath}`,
    ],
    extraVolumes: [webTlsVolume(tlsSecrets.pushgateway)],
    extraVolumeMounts: [webTlsMount],
    liveness: probe,
    readiness: probe,
    securityContext: restrictedPod(user),
    containerSecurityContext: restrictedContainer,
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    persistentVolume: {
      enabled: true,
      size: storage.size,
      ...(storage.className && { storageClass: storage.className }),
    },
    serviceMonitor: {
      enabled: true,
      // The chart's default is a namespace called monitoring.
      namespace,
      additionalLabels: scrapedByCentral,
      honorLabels: true,
      scheme: 'https',
      tlsConfig: scrapeTls(tlsSecrets.pushgateway, releases.pushgateway, namespace),
    },
    extraManifests: [
      certificate({
        secretName: tlsSecrets.pushgateway,
        namespace,
        services: [releases.pushgateway],
        ...(props.extraDnsNames && { dnsNames: props.extraDnsNames }),
        ...(issuer && { issuer }),
      }),
      caConfigMap(namespace),
    ],
  };
}

/**
 * The authority's certificate without its key, for whoever must trust it: Terraform may read this ConfigMap, but not a
 * Secret. The operator's own certificate is surely there, its pod having waited for it.
 */
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
