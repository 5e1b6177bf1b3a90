import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import { Construct } from 'constructs';
import { remoteWriteListener, thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { hashringAlgorithm } from '../../../config/thanos.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import {
  listenerContainers,
  listenerFiles,
  listenerName,
  listenerVolumes,
} from '../remote-write-listener/containers.ts';
import { clientArguments, listenerArguments, loopbackArguments, replicaLabel } from './arguments.ts';
import { files, folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { routerHost } from './remote-write.ts';
import { ThanosWorkload } from './workload.ts';
import { writersByTenant } from './writers.ts';

/** User of the listener. In the same pod, Thanos runs as another user (1001). */
const listenerUser = 1002;

/** In each pod, the remote-write listener checks the client and sets the tenant. */
export class ThanosRouters extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps) {
    super(scope, id);
    const { http } = thanos.ports;
    const write = remoteWriteListener.port;
    const tlsSecret = tlsSecrets.thanosRouter;
    const { dependsOn = [], connection, sources } = props;
    const config = new ConfigMapV1(this, 'listener-config', {
      provider: connection.kubernetes,
      metadata: { name: listenerName, namespace: thanos.namespace },
      data: listenerFiles({
        serverName: routerHost,
        upstream: { port: thanos.loopback.write, path: thanos.writePath },
        writers: writersByTenant(props),
      }),
      dependsOn,
    });
    new ThanosWorkload(this, 'workload', {
      thanos: { ...props, dependsOn: [...dependsOn, config] },
      replicas: props.size.routers.replicas,
      pod: {
        name: thanos.router,
        tlsSecret,
        size: props.size.routers,
        ports: { http },
        probe: 'https',
        sidecars: {
          containers: listenerContainers({ user: listenerUser, ready: true, sources }),
          volumes: listenerVolumes({ tlsSecret }),
          ports: { [remoteWriteListener.portName]: write },
        },
        args: [
          'receive',
          '--enable-auto-gomemlimit',
          ...listenerArguments(),
          ...loopbackArguments(),
          ...clientArguments('remote-write.client'),
          `--receive.hashrings-file=${files.hashrings}`,
          `--receive.hashrings-algorithm=${hashringAlgorithm}`,
          `--receive.limits-config-file=${files.limits}`,
          // The router answers 200 if ingesters stored a majority of the copies.
          `--receive.replication-factor=${props.replication}`,
          `--receive.tenant-header=${thanos.tenantHeader}`,
          `--tsdb.path=${folders.data}`,
          replicaLabel,
        ],
      },
      ingress: [
        // If there are no writers, `from` would be empty. A rule with an empty `from` allows everyone.
        ...(props.writers.length > 0 ? [{ from: [...props.writers], ports: [write] }] : []),
        { from: [centralPrometheus], ports: [http] },
      ],
    });
  }
}
