import { Construct } from 'constructs';
import { charts } from '../../../config/charts.ts';
import { operatorRelease } from '../../../config/cluster-names.ts';
import { type IssuerRef, platformCaObjects, platformIssuer } from '../certificates.ts';
import { ChartRelease, type ReleaseProps } from '../chart-release.ts';
import { type OperatorValues, operatorValues } from './operator-values.ts';
import { inNamespaces } from './selection.ts';

export interface PrometheusOperatorProps extends ReleaseProps {
  /** @default the platform's own CA, which this release creates in the cluster */
  readonly issuer?: IssuerRef;
}

interface Off {
  readonly enabled: false;
}

interface OperatorOnlyValues {
  readonly global: {
    readonly imageRegistry?: string;
    readonly imagePullSecrets?: readonly { readonly name: string }[];
  };
  readonly crds: Off;
  readonly defaultRules: { readonly create: false };
  readonly kubernetesServiceMonitors: Off;
  readonly nodeExporter: Off;
  readonly kubeStateMetrics: Off;
  readonly prometheus: Off;
  readonly alertmanager: Off;
  readonly grafana: Off;
  readonly prometheusOperator: OperatorValues & {
    readonly kubeletService: Off;
    readonly serviceMonitor: { readonly selfMonitor: false };
  };
  readonly extraManifests: readonly object[];
}

/** The operator without a central Prometheus. The cluster needs the CRDs and cert-manager. */
export class PrometheusOperator extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: PrometheusOperatorProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.kubePrometheusStack,
      name: operatorRelease,
      values: values(props),
    });
  }
}

function values({ namespace, sources, issuer }: PrometheusOperatorProps): OperatorOnlyValues {
  const off: Off = { enabled: false };
  return {
    global: {
      ...(sources?.images && { imageRegistry: sources.images }),
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
    },
    crds: off,
    defaultRules: { create: false },
    kubernetesServiceMonitors: off,
    nodeExporter: off,
    kubeStateMetrics: off,
    prometheus: off,
    alertmanager: off,
    grafana: off,
    prometheusOperator: {
      ...operatorValues(issuer ?? platformIssuer, inNamespaces([namespace])),
      kubeletService: off,
      serviceMonitor: { selfMonitor: false },
    },
    extraManifests: issuer ? [] : platformCaObjects(),
  };
}
