import { Construct } from 'constructs';
import { thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { listenerArguments, noAdminOperations, objectStoreArguments, readArguments } from './arguments.ts';
import { folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload, thanosPeer } from './workload.ts';

/** Reads blocks from the object store for the querier. The volume stores the index headers. */
export class ThanosStoreGateway extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps) {
    super(scope, id);
    const { grpc, http } = thanos.ports;
    new ThanosWorkload(this, 'workload', {
      thanos: props,
      replicas: 2,
      volume: '10Gi',
      pod: {
        name: thanos.store,
        tlsSecret: tlsSecrets.thanosStore,
        size: { cpu: '100m', memory: '2Gi' },
        ports: { grpc, http },
        probe: 'https',
        // At its first start, the store gateway downloads the index header of every block.
        startSeconds: 1800,
        usesStore: true,
        args: [
          'store',
          ...listenerArguments(),
          `--data-dir=${folders.data}`,
          ...objectStoreArguments(true),
          noAdminOperations,
          ...readArguments(props.size.reads.storeGateway),
          // The index cache (256 MB) and the chunk pool (768 MB) use half of the pod's memory.
          '--index-cache-size=256MB',
          '--chunk-pool-size=768MB',
        ],
      },
      ingress: [
        { from: [thanosPeer(thanos.query)], ports: [grpc] },
        { from: [centralPrometheus], ports: [http] },
      ],
    });
  }
}
