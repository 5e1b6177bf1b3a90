import { Construct } from 'constructs';
import { charts } from '../../../config/charts.ts';
import { releases } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { ChartRelease } from '../chart-release.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { AllowIngress } from '../network-policy.ts';
import type { PushgatewayProps } from './props.ts';
import { pushgatewayValues } from './values.ts';

/** The Pushgateway needs the TLS ConfigMap and the default CA of the release kube-prometheus-stack. */
export class Pushgateway extends Construct {
  readonly release: ChartRelease;
  /** Labels of the Pushgateway's pods. A load balancer Service can select the pods by these labels. */
  readonly pods: Readonly<Record<string, string>> = {
    'app.kubernetes.io/name': 'prometheus-pushgateway',
    'app.kubernetes.io/instance': releases.pushgateway,
  };

  constructor(scope: Construct, id: string, props: PushgatewayProps) {
    super(scope, id);
    const { connection, namespace } = props;
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.pushgateway,
      name: releases.pushgateway,
      values: pushgatewayValues(props),
    });
    new AllowIngress(this, 'allow-pushgateway', {
      connection,
      namespace,
      name: 'allow-pushgateway',
      to: this.pods,
      rules: [{ from: [centralPrometheus, ...(props.pushers ?? [])], ports: [sourcePorts.pushgateway] }],
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
