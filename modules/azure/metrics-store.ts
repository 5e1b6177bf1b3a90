import { Construct } from 'constructs';
import { containers } from '../../config/azure-names.ts';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';
import { PrivateStorage, type PrivateStorageProps } from './private-storage.ts';
import { WorkloadIdentity, type WorkloadIdentityProps } from './workload-identity.ts';

export interface MetricsStoreProps {
  readonly placement: Placement;
  readonly storage: Omit<PrivateStorageProps, 'placement' | 'containers' | 'versioning'>;
  /** Service account of the Thanos pods. Its identity may read and write blocks in the blob storage. */
  readonly writer: Omit<WorkloadIdentityProps, 'placement'>;
}

/** Blob storage for the blocks of Thanos. The pods log in with a workload identity. */
export class MetricsStore extends Construct {
  constructor(scope: Construct, id: string, props: MetricsStoreProps) {
    super(scope, id);
    const { placement } = props;
    const storage = new PrivateStorage(this, 'storage', {
      placement,
      ...props.storage,
      containers: [containers.blocks],
      versioning: false,
    });
    const writer = new WorkloadIdentity(this, 'writer', { placement, ...props.writer });
    grant(this, 'write', {
      role: 'Storage Blob Data Contributor',
      on: storage.account.id,
      to: writer.identity.principalId,
    });
  }
}
