import { z } from 'zod';
import { kubeconfig, type PlatformValues } from '../../config/environment.ts';
import { bucketName, httpsUrl, regionName } from '../../config/fields.ts';

/** The platform block of an environment on an existing cluster: kind, k3d, minikube, GKE, EKS. */
export const existingValues = z.strictObject({
  kind: z.literal('existing'),
  kubeconfig,
  /**
   * A bucket behind any S3-compatible endpoint. The Terraform variables `object_storage_access_key` and
   * `object_storage_secret_key` hold its keys.
   * @default none
   */
  objectStorage: z
    .strictObject({
      endpoint: httpsUrl,
      bucket: bucketName,
      /** @default the region that the endpoint chooses */
      region: regionName.exactOptional(),
    })
    .exactOptional(),
});

export type ExistingPlatform = z.infer<typeof existingValues>;

/** A platform with kubeconfig contexts; contains only the fields that the constructs of this platform use. */
export type KubeconfigPlatform = PlatformValues & Pick<ExistingPlatform, 'kubeconfig' | 'objectStorage'>;
