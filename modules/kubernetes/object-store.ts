import type { ITerraformDependable } from 'cdktf';

/** Object store for the blocks of a long-term engine. */
export type ObjectStore = AzureBlobStore | S3Store;

/** A container of an Azure storage account. The pods log in with a workload identity. */
export interface AzureBlobStore {
  readonly kind: 'azure-blob';
  readonly storageAccount: string;
  readonly container: string;
  /** Client id of the identity that may read and write the blobs. */
  readonly clientId: string;
}

export interface S3Store {
  readonly kind: 's3';
  /** `https://host[:port]` */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region?: string;
  /**
   * CA certificates in PEM that have signed the certificate of the endpoint.
   * @default public CAs
   */
  readonly ca?: string;
  /**
   * Increase this number when the access keys change. A new number restarts the pods.
   * @default 1
   */
  readonly keyRevision?: number;
  /** Resource that creates the Secret `objectStoreSecret.name` in the namespace of the pods. */
  readonly secret: ITerraformDependable;
}

export const objectStoreSecret = {
  name: 'object-store',
  accessKey: 'access-key',
  secretKey: 'secret-key',
} as const;
