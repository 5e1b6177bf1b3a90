import { Construct } from 'constructs';
import { remoteWriteListener, thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { clientArguments, listenerArguments, remoteWriteArguments, replicaLabel } from './arguments.ts';
import { files, folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload } from './workload.ts';

/**
 * The routers, which receive remote write. A router sends each sample to `replication` ingesters, and answers 200 when
 * a majority of these ingesters has stored the sample. Otherwise the router answers 503, and the agent repeats the
 * request.
 */
export class ThanosRouters extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps) {
    super(scope, id);
    const { http } = thanos.ports;
    const write = remoteWriteListener.port;
    new ThanosWorkload(this, 'workload', {
      thanos: props,
      replicas: props.size.routers.replicas,
      pod: {
        name: thanos.router,
        tlsSecret: tlsSecrets.thanosRouter,
        size: props.size.routers,
        ports: { 'remote-write': write, http },
        probe: 'https',
        args: [
          'receive',
          ...listenerArguments(),
          ...remoteWriteArguments(),
          ...clientArguments('remote-write.client'),
          `--receive.hashrings-file=${files.hashrings}`,
          '--receive.hashrings-algorithm=ketama',
          `--receive.replication-factor=${props.replication}`,
          `--tsdb.path=${folders.data}`,
          replicaLabel,
        ],
      },
      ingress: [
        // If there are no writers, the rule must be left out, because a rule without peers allows everyone.
        ...(props.writers.length > 0 ? [{ from: [...props.writers], ports: [write] }] : []),
        { from: [centralPrometheus], ports: [http] },
      ],
    });
  }
}
