import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { credentialSecrets, services, tlsSecrets } from '../../../config/cluster-names.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { scrapeTls, serverName } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import type { GrafanaProps } from './props.ts';

export const dashboardLabel = { grafana_dashboard: '1' } as const;
export const dashboardFolderAnnotation = 'grafana_folder';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string; readonly scheme: 'HTTPS' };
}

interface Datasource {
  readonly name: string;
  readonly uid: string;
  readonly type: 'prometheus' | 'alertmanager';
  readonly access: 'proxy';
  readonly isDefault?: boolean;
  readonly url: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

export interface GrafanaValues {
  readonly enabled: boolean;
  readonly admin?: {
    readonly existingSecret: string;
    readonly userKey: string;
    readonly passwordKey: string;
  };
  readonly resources?: Resources;
  readonly defaultDashboardsTimezone?: 'browser';
  readonly rbac?: { readonly namespaced: true; readonly useExistingRole: string };
  readonly initChownData?: { readonly enabled: false };
  readonly testFramework?: { readonly enabled: false };
  readonly deploymentStrategy?: { readonly type: 'Recreate' };
  readonly persistence?: {
    readonly enabled: true;
    readonly type: 'pvc';
    readonly accessModes: readonly ['ReadWriteOnce'];
    readonly size: string;
    readonly storageClassName?: string;
  };
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly service?: { readonly annotations: Readonly<Record<string, string>> };
  readonly serviceMonitor?: {
    readonly scheme: 'https';
    readonly tlsConfig: ReturnType<typeof scrapeTls>;
  };
  readonly extraSecretMounts?: readonly {
    readonly name: string;
    readonly secretName: string;
    readonly mountPath: string;
    readonly readOnly: true;
  }[];
  readonly sidecar?: {
    readonly resources: Resources;
    readonly datasources: { readonly enabled: false };
    readonly dashboards: {
      readonly label: string;
      readonly labelValue: string;
      readonly folderAnnotation: string;
      readonly searchNamespace: string;
      readonly resource: 'configmap';
      readonly skipReload: true;
      readonly provider: {
        readonly foldersFromFilesStructure: boolean;
        readonly allowUiUpdates: boolean;
      };
    };
  };
  readonly datasources?: {
    readonly 'datasources.yaml': { readonly apiVersion: 1; readonly datasources: readonly Datasource[] };
  };
  readonly ingress?: {
    readonly enabled: true;
    readonly ingressClassName: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly hosts: readonly string[];
    readonly tls: readonly { readonly secretName: string; readonly hosts: readonly string[] }[];
  };
  readonly 'grafana.ini'?: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
}

const certificates = '/etc/grafana/tls';
const clientCertificates = '/etc/grafana/reader-tls';

export function grafanaValues(props: GrafanaProps | undefined): GrafanaValues {
  if (!props) return { enabled: false };
  const { storage, ingress, datasource } = props;
  const { name, namespace } = services.grafana;
  const https = { httpGet: { path: '/api/health', port: 'grafana', scheme: 'HTTPS' } } as const;
  return {
    enabled: true,
    admin: {
      existingSecret: credentialSecrets.grafanaAdmin,
      userKey: 'admin-user',
      passwordKey: 'admin-password',
    },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    defaultDashboardsTimezone: 'browser',
    rbac: { namespaced: true, useExistingRole: name },
    // `fsGroup` makes the volume writable for Grafana. The chart's chown container would need root.
    initChownData: { enabled: false },
    testFramework: { enabled: false },
    // Pods on different nodes cannot use the volume at the same time, therefore the old pod stops first.
    deploymentStrategy: { type: 'Recreate' },
    ...(storage && {
      persistence: {
        enabled: true,
        type: 'pvc',
        accessModes: ['ReadWriteOnce'],
        size: storage.size,
        ...(storage.className && { storageClassName: storage.className }),
      },
    }),
    readinessProbe: https,
    livenessProbe: https,
    service: { annotations: { 'traefik.ingress.kubernetes.io/service.serversscheme': 'https' } },
    serviceMonitor: { scheme: 'https', tlsConfig: scrapeTls(tlsSecrets.grafana, name, namespace) },
    extraSecretMounts: [
      { name: 'tls', secretName: tlsSecrets.grafana, mountPath: certificates, readOnly: true },
      ...(datasource?.clientSecret
        ? [
            {
              name: 'reader-tls',
              secretName: datasource.clientSecret,
              mountPath: clientCertificates,
              readOnly: true as const,
            },
          ]
        : []),
    ],
    sidecar: sidecar(namespace),
    datasources: { 'datasources.yaml': { apiVersion: 1, datasources: datasources(props) } },
    ...(ingress && {
      ingress: {
        enabled: true,
        ingressClassName: ingress.className,
        annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' },
        hosts: [ingress.host],
        tls: [{ secretName: ingress.tlsSecret, hosts: [ingress.host] }],
      },
    }),
    'grafana.ini': ini(props),
  };
}

/** Role for Grafana. The chart's role allows Grafana to read every Secret of the namespace. */
export function grafanaRole(): IRole {
  const { name, namespace } = services.grafana;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name, namespace },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
  };
}

function sidecar(namespace: string): NonNullable<GrafanaValues['sidecar']> {
  return {
    resources: { requests: { cpu: '10m', memory: '96Mi' }, limits: { memory: '192Mi' } },
    // This sidecar would need the administrator's password of Grafana.
    datasources: { enabled: false },
    dashboards: {
      label: 'grafana_dashboard',
      labelValue: dashboardLabel.grafana_dashboard,
      folderAnnotation: dashboardFolderAnnotation,
      searchNamespace: namespace,
      resource: 'configmap',
      // Grafana reads the files every 30 s, therefore the sidecar does not have to call Grafana.
      skipReload: true,
      provider: { foldersFromFilesStructure: true, allowUiUpdates: false },
    },
  };
}

function datasources({ datasource }: GrafanaProps): Datasource[] {
  const { prometheus, alertmanager } = services;
  const trust = {
    jsonData: { tlsAuthWithCACert: true },
    secureJsonData: { tlsCACert: `$__file{${certificates}/ca.crt}` },
  };
  const central = `https://${serverName(prometheus.name, prometheus.namespace)}:${sourcePorts.prometheus}`;
  return [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      isDefault: true,
      url: datasource?.url ?? central,
      jsonData: {
        httpMethod: 'POST',
        timeInterval: `${scrapeIntervalSeconds.cluster}s`,
        ...(!datasource && trust.jsonData),
        ...(datasource?.clientSecret && { ...trust.jsonData, tlsAuth: true }),
      },
      ...(!datasource && { secureJsonData: trust.secureJsonData }),
      ...(datasource?.clientSecret && {
        secureJsonData: {
          ...trust.secureJsonData,
          tlsClientCert: `$__file{${clientCertificates}/tls.crt}`,
          tlsClientKey: `$__file{${clientCertificates}/tls.key}`,
        },
      }),
    },
    {
      name: 'Alertmanager',
      uid: 'alertmanager',
      type: 'alertmanager',
      access: 'proxy',
      url: `https://${serverName(alertmanager.name, alertmanager.namespace)}:${sourcePorts.alertmanager}`,
      jsonData: { implementation: 'prometheus', ...trust.jsonData },
      secureJsonData: trust.secureJsonData,
    },
  ];
}

function ini({ ingress }: GrafanaProps): NonNullable<GrafanaValues['grafana.ini']> {
  return {
    server: {
      protocol: 'https',
      cert_file: `${certificates}/tls.crt`,
      cert_key: `${certificates}/tls.key`,
      certs_watch_interval: '1m',
      root_url: ingress ? `https://${ingress.host}` : 'https://localhost:3000',
    },
    'auth.anonymous': { enabled: false },
    users: { allow_sign_up: false },
    security: { cookie_secure: true, strict_transport_security: true },
    analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
  };
}
