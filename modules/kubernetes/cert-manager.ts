import type { IEndpoint } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Endpoint';
import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { certManager } from '../../config/cluster-names.ts';
import { sourcePorts } from '../../sources/index.ts';
import { imageRegistry } from './artifact-sources.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';
import { centralPrometheus, scrapedByCentral } from './monitor-labels.ts';
import { AllowIngress } from './network-policy.ts';
import type { Resources } from './resources.ts';

/** https://cert-manager.io/docs/devops-tips/prometheus-metrics/#tls */
interface MetricsTls {
  readonly metricsTLSConfig: {
    readonly dynamic: {
      readonly secretNamespace: string;
      readonly secretName: string;
      readonly dnsNames: readonly string[];
    };
  };
}

interface CertManagerValues {
  readonly config: MetricsTls;
  readonly global: {
    readonly leaderElection: { readonly namespace: string };
    readonly rbac: { readonly aggregateClusterRoles: false };
    readonly imagePullSecrets?: readonly { readonly name: string }[];
  };
  readonly crds: { readonly enabled: boolean; readonly keep: boolean };
  readonly imageRegistry: string;
  readonly resources: Resources;
  readonly webhook: { readonly config: MetricsTls; readonly resources: Resources };
  readonly cainjector: { readonly config: MetricsTls; readonly resources: Resources };
  readonly startupapicheck: { readonly resources: Resources };
  readonly prometheus: {
    readonly servicemonitor: {
      readonly enabled: boolean;
      readonly honorLabels: boolean;
      readonly labels: Readonly<Record<string, string>>;
      readonly endpointAdditionalProperties: Pick<IEndpoint, 'scheme' | 'tlsConfig'>;
    };
  };
}

const webhookPort = 10250;

/** cert-manager itself creates the Secret with the CA for metrics. */
const metricsCa = 'cert-manager-metrics-ca';
const metricsName = 'cert-manager-metrics';

/** The chart contains a ServiceMonitor. The CRDs of the Prometheus operator must exist first. */
export class CertManager extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    const { connection, namespace } = props;
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.certManager,
      name: certManager.release,
      values: values(props),
    });
    const pods = { 'app.kubernetes.io/instance': certManager.release };
    new AllowIngress(this, 'allow-metrics', {
      connection,
      namespace,
      name: 'allow-metrics',
      to: pods,
      rules: [{ from: [centralPrometheus], ports: [sourcePorts.certManager] }],
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
    // No pod selector matches the API server, therefore every address may call the webhook.
    new AllowIngress(this, 'allow-webhook', {
      connection,
      namespace,
      name: 'allow-webhook',
      to: { ...pods, 'app.kubernetes.io/component': 'webhook' },
      rules: [{ from: [], ports: [webhookPort] }],
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

function values({ namespace, sources }: ReleaseProps): CertManagerValues {
  const config: MetricsTls = {
    metricsTLSConfig: {
      dynamic: { secretNamespace: namespace, secretName: metricsCa, dnsNames: [metricsName] },
    },
  };
  const small: Resources = { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } };
  return {
    global: {
      leaderElection: { namespace },
      // With the default of the chart, each editor of a namespace could get a certificate for any DNS name.
      rbac: { aggregateClusterRoles: false },
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
    },
    // If somebody deletes the release, `keep` saves the CRDs and therefore all Certificates.
    crds: { enabled: true, keep: true },
    imageRegistry: imageRegistry(charts.certManager.images.controller, sources),
    config,
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    webhook: { config, resources: small },
    cainjector: {
      config,
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    },
    startupapicheck: { resources: small },
    // With `honorLabels`, the label `namespace` is the namespace of the Certificate, not of cert-manager.
    prometheus: {
      servicemonitor: {
        enabled: true,
        honorLabels: true,
        labels: scrapedByCentral,
        endpointAdditionalProperties: {
          scheme: 'https',
          tlsConfig: { ca: { secret: { name: metricsCa, key: 'tls.crt' } }, serverName: metricsName },
        },
      },
    },
  };
}
