import type { ITerraformDependable } from 'cdktf';

/** Store for the blocks of a long-term engine. */
export type ObjectStore = AzureBlobStore | S3Store;

/** A container of an Azure storage account. The pods log in with a workload identity. */
export interface AzureBlobStore {
  readonly kind: 'azure-blob';
  readonly storageAccount: string;
  readonly container: string;
  /** Client id of the identity for the blobs of the container. */
  readonly clientId: string;
}

/** A bucket of an S3-compatible store. The access keys of the pods are in a Secret. */
export interface S3Store {
  readonly kind: 's3';
  /** URL of the endpoint: `https://host[:port]`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region?: string;
  /** CA certificates in PEM for the certificate of the endpoint. @default public CAs */
  readonly ca?: string;
  /**
   * Number of the access keys. A new number restarts the pods, because they read the keys only at their start.
   * @default 1
   */
  readonly keyRevision?: number;
  /** Secret with the access keys, in the namespace of the pods. Its name is `objectStoreSecret.name`. */
  readonly secret: ITerraformDependable;
}

/** Secret with the access keys of a bucket. */
export const objectStoreSecret = {
  name: 'object-store',
  accessKey: 'access-key',
  secretKey: 'secret-key',
} as const;
