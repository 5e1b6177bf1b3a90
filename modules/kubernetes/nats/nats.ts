import { Construct } from 'constructs';
import { charts } from '../../../config/charts.ts';
import { ports, releases } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { ChartRelease } from '../chart-release.ts';
import { AllowIngress } from '../network-policy.ts';
import type { NatsProps } from './props.ts';
import { natsValues } from './values.ts';

const clusterPort = 6222;

/** NATS with JetStream, an exporter and a PodMonitor. All ports use TLS. */
export class Nats extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: NatsProps) {
    super(scope, id);
    const { connection, namespace } = props;
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.nats,
      name: releases.nats,
      values: natsValues(props),
    });
    const pods = { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': releases.nats };
    new AllowIngress(this, 'allow-nats', {
      connection,
      namespace,
      name: 'allow-nats',
      to: pods,
      rules: [
        { from: [{ namespace }, ...(props.clients ?? [])], ports: [ports.nats] },
        { from: [{ namespace, pods }], ports: [clusterPort] },
        { from: [props.scraper], ports: [sourcePorts.natsExporter] },
      ],
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
