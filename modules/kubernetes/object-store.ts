import type { ITerraformDependable } from 'cdktf';

/** The object store for the blocks of an engine. */
export type ObjectStore = AzureBlobStore | S3Store;

/** A container of an Azure storage account, reached by workload identity. */
export interface AzureBlobStore {
  readonly kind: 'azure-blob';
  readonly storageAccount: string;
  readonly container: string;
  /** Client id of the identity that reads and writes the container. */
  readonly clientId: string;
}

/** A bucket behind an S3-compatible endpoint, reached with the keys of a Secret. */
export interface S3Store {
  readonly kind: 's3';
  /** `https://host[:port]`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region?: string;
  /** The Secret `objectStoreSecret.name`, in the namespace of the pods. */
  readonly secret: ITerraformDependable;
}

/** Name and keys of the Secret that holds the login to a bucket. */
export const objectStoreSecret = {
  name: 'object-store',
  accessKey: 'access-key',
  secretKey: 'secret-key',
} as const;
