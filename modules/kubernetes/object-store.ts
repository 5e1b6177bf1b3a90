import type { ITerraformDependable } from 'cdktf';

/** The object store for the blocks of a long-term engine. */
export type ObjectStore = AzureBlobStore | S3Store;

/** A container of an Azure storage account. The pods log in with a workload identity. */
export interface AzureBlobStore {
  readonly kind: 'azure-blob';
  readonly storageAccount: string;
  readonly container: string;
  /** Client id of the identity that reads and writes blobs in the container. */
  readonly clientId: string;
}

/** A bucket of an S3-compatible store. The pods log in with access keys from a Secret. */
export interface S3Store {
  readonly kind: 's3';
  /** URL of the endpoint: `https://host[:port]`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region?: string;
  /** Certificates in PEM of the CAs that may sign the certificate of the endpoint. @default public CAs */
  readonly ca?: string;
  /** Number of the access keys. A new number restarts the pods, because they read the keys only at their start. @default 1 */
  readonly keyRevision?: number;
  /** The Secret with the access keys, in the namespace of the pods. Its name is `objectStoreSecret.name`. */
  readonly secret: ITerraformDependable;
}

/** Name and keys of the Secret that contains the access keys of a bucket. */
export const objectStoreSecret = {
  name: 'object-store',
  accessKey: 'access-key',
  secretKey: 'secret-key',
} as const;
