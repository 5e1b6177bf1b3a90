import { Construct } from 'constructs';
import { thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { listenerArguments, loopbackArguments, objectStoreArguments, replicaLabel } from './arguments.ts';
import { folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload, thanosPeer } from './workload.ts';

/**
 * The ingesters, which store recent samples. Each ingester has a volume, and uploads its blocks if there is an object
 * store.
 */
export class ThanosIngesters extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps) {
    super(scope, id);
    const { grpc, http } = thanos.ports;
    const { replicas, volume } = props.size.ingesters;
    new ThanosWorkload(this, 'workload', {
      thanos: props,
      replicas,
      volume,
      pod: {
        name: thanos.ingester,
        tlsSecret: tlsSecrets.thanosIngester,
        size: props.size.ingesters,
        ports: { grpc, http },
        probe: 'https',
        // At a start, an ingester reads up to three hours of its write-ahead log.
        startSeconds: 1800,
        stopSeconds: 180,
        usesStore: true,
        args: [
          'receive',
          ...listenerArguments(),
          ...loopbackArguments(),
          `--tsdb.path=${folders.data}`,
          `--tsdb.retention=${props.localRetention}`,
          `--tsdb.out-of-order.time-window=${props.outOfOrderWindow}`,
          // Samples from the future are refused. Otherwise one edge whose clock is ahead would cause Thanos to refuse
          // the samples of all other edges as too old.
          '--tsdb.too-far-in-future.time-window=10m',
          ...objectStoreArguments(props.store !== undefined),
          replicaLabel,
        ],
      },
      ingress: [
        { from: [thanosPeer(thanos.router), thanosPeer(thanos.query)], ports: [grpc] },
        { from: [centralPrometheus], ports: [http] },
      ],
    });
  }
}
