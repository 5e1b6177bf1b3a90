import { z } from 'zod';
import type { PlatformValues } from '../../config/environment.ts';
import { bucketName, httpsUrl, kubeconfig, regionName, trustedCertificates } from '../../config/fields.ts';

/** The platform block of an environment on an existing cluster, such as kind, GKE or EKS. */
export const existingValues = z.strictObject({
  kind: z.literal('existing'),
  /** The cluster of the environment. */
  kubeconfig,
  /**
   * A bucket of an S3-compatible store. Terraform variables contain the access keys:
   * `object_storage_access_key` and `object_storage_secret_key`.
   * @default none
   */
  objectStorage: z
    .strictObject({
      /** URL of the object store. */
      endpoint: httpsUrl,
      /** Name of the bucket. The bucket must exist. */
      bucket: bucketName,
      /**
       * Region of the bucket.
       * @default the default region of the endpoint
       */
      region: regionName.exactOptional(),
      /**
       * CA certificates of the endpoint, in PEM.
       * @default the public CAs in the image of Thanos
       */
      ca: trustedCertificates.exactOptional(),
      /**
       * Raise this number when the access keys change. Then Terraform writes the keys, and the pods restart.
       * @default 1
       */
      keyRevision: z.int().min(1).exactOptional(),
    })
    .exactOptional(),
});

export type ExistingPlatform = z.infer<typeof existingValues>;

export type KubeconfigPlatform = PlatformValues & Pick<ExistingPlatform, 'kubeconfig' | 'objectStorage'>;
