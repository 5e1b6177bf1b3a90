import { Construct } from 'constructs';
import { thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { tooFarInFuture } from '../../../config/thanos.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import {
  listenerArguments,
  loopbackArguments,
  objectStoreArguments,
  readArguments,
  replicaLabel,
} from './arguments.ts';
import { folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload, thanosPeer } from './workload.ts';

/** The ingesters store recent samples. They also upload blocks if an object store exists. */
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
        // Before an ingester is ready, it reads up to three hours of samples from its write-ahead log.
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
          `--tsdb.too-far-in-future.time-window=${tooFarInFuture}`,
          ...objectStoreArguments(props.store !== undefined),
          ...readArguments(props.size.reads.ingester),
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
