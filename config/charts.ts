/** Versions of the charts and of their images. docs/upgrade.md has the steps of an upgrade. */

/** The parts of `registry/repository:tag`. A mirror replaces only the registry. */
export interface ImagePin {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** Image tag in the chart. Undefined if the platform uses the same tag. */
  readonly chartTag?: string;
}

export interface ChartPin {
  readonly chart: string;
  readonly version: string;
  /** URL of the chart repository: `oci://…` or `https://…`. A mirror in an environment replaces this URL. */
  readonly repository: string;
  /** `appVersion` in Chart.yaml. */
  readonly appVersion: string;
  /** Images that the chart uses with the platform's values. A mirror must contain all of these images. */
  readonly images: Readonly<Record<string, ImagePin>>;
}

function image(registry: string, repository: string, tag: string): ImagePin {
  return { registry, repository, tag };
}

/** An image that is newer than the image in the chart. `chartTag` is the old tag in the chart. */
function newerImage(registry: string, repository: string, tag: string, chartTag: string): ImagePin {
  return { ...image(registry, repository, tag), chartTag };
}

/** The container signals NATS or the remote-write listener after a change of a watched file. */
const natsReloader = image('docker.io', 'natsio/nats-server-config-reloader', '0.23.0');

const prometheusCommunity = 'oci://ghcr.io/prometheus-community/charts';

export const charts = {
  operatorCrds: {
    chart: 'prometheus-operator-crds',
    version: '31.0.1',
    repository: prometheusCommunity,
    appVersion: 'v0.93.1',
    images: {},
  },
  certManager: {
    chart: 'cert-manager',
    version: 'v1.21.1',
    repository: 'oci://quay.io/jetstack/charts',
    appVersion: 'v1.21.1',
    images: {
      controller: image('quay.io', 'jetstack/cert-manager-controller', 'v1.21.1'),
      webhook: image('quay.io', 'jetstack/cert-manager-webhook', 'v1.21.1'),
      cainjector: image('quay.io', 'jetstack/cert-manager-cainjector', 'v1.21.1'),
      startupApiCheck: image('quay.io', 'jetstack/cert-manager-startupapicheck', 'v1.21.1'),
    },
  },
  kubePrometheusStack: {
    chart: 'kube-prometheus-stack',
    version: '88.5.3',
    repository: prometheusCommunity,
    appVersion: 'v0.93.1',
    images: {
      operator: image('quay.io', 'prometheus-operator/prometheus-operator', 'v0.93.1'),
      configReloader: image('quay.io', 'prometheus-operator/prometheus-config-reloader', 'v0.93.1'),
      prometheus: newerImage('quay.io', 'prometheus/prometheus', 'v3.16.0-distroless', 'v3.14.0-distroless'),
      alertmanager: newerImage('quay.io', 'prometheus/alertmanager', 'v0.35.0', 'v0.34.0'),
      nodeExporter: image('quay.io', 'prometheus/node-exporter', 'v1.12.1-distroless'),
      kubeStateMetrics: image('registry.k8s.io', 'kube-state-metrics/kube-state-metrics', 'v2.20.0'),
      grafana: image('docker.io', 'grafana/grafana', '13.2.0'),
      thanos: image('quay.io', 'thanos/thanos', 'v0.42.4'),
      sidecar: image('quay.io', 'kiwigrid/k8s-sidecar', '2.10.1'),
      remoteWriteListener: image('docker.io', 'library/caddy', '2.11.9-alpine'),
      certificateReloader: natsReloader,
    },
  },
  pushgateway: {
    chart: 'prometheus-pushgateway',
    version: '3.8.0',
    repository: prometheusCommunity,
    appVersion: 'v1.11.3',
    images: {
      pushgateway: image('quay.io', 'prometheus/pushgateway', 'v1.11.3'),
    },
  },
  nats: {
    chart: 'nats',
    version: '2.14.2',
    repository: 'https://nats-io.github.io/k8s/helm/charts/',
    appVersion: '2.14.2',
    images: {
      nats: newerImage('docker.io', 'library/nats', '2.15.2-alpine', '2.14.2-alpine'),
      reloader: natsReloader,
      exporter: image('docker.io', 'natsio/prometheus-nats-exporter', '0.20.1'),
    },
  },
  airflow: {
    chart: 'airflow',
    version: '1.22.0',
    repository: 'https://airflow.apache.org',
    appVersion: '3.2.2',
    images: {
      airflow: image('docker.io', 'apache/airflow', '3.2.2'),
    },
  },
} as const satisfies Record<string, ChartPin>;
