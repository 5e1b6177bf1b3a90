import { Construct } from 'constructs';
import { thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { noAdminOperations, objectStoreArguments } from './arguments.ts';
import { files, folders } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload } from './workload.ts';

/** Merges, downsamples and deletes blocks. Only one compactor may change a bucket. */
export class ThanosCompactor extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps & Required<Pick<ThanosProps, 'store'>>) {
    super(scope, id);
    const { http } = thanos.ports;
    new ThanosWorkload(this, 'workload', {
      thanos: props,
      replicas: 1,
      volume: props.size.compactorVolume,
      pod: {
        name: thanos.compactor,
        tlsSecret: tlsSecrets.thanosCompactor,
        size: { cpu: '100m', memory: '4Gi' },
        ports: { http },
        probe: 'https',
        stopSeconds: 120,
        usesStore: true,
        args: [
          'compact',
          '--wait',
          `--http-address=0.0.0.0:${http}`,
          `--http.config=${files.web}`,
          `--data-dir=${folders.data}`,
          ...objectStoreArguments(true),
          ...['raw', '5m', '1h'].map(
            (resolution) => `--retention.resolution-${resolution}=${props.store.retention}`,
          ),
          noAdminOperations,
          '--compact.enable-vertical-compaction',
          '--deduplication.replica-label=replica',
        ],
      },
      ingress: [{ from: [centralPrometheus], ports: [http] }],
    });
  }
}
