import { z } from 'zod';
import { kubeconfig, type PlatformValues } from '../../config/environment.ts';
import { bucketName, httpsUrl, regionName } from '../../config/fields.ts';

/** The platform block of an environment on a cluster that exists already: kind, k3d, minikube, GKE, EKS. */
export const existingValues = z.strictObject({
  kind: z.literal('existing'),
  kubeconfig,
  /**
   * A bucket behind any S3-compatible endpoint. Its keys are the Terraform variables `object_storage_access_key` and
   * `object_storage_secret_key`.
   * @default none
   */
  objectStorage: z
    .strictObject({
      endpoint: httpsUrl,
      bucket: bucketName,
      /** @default the endpoint decides */
      region: regionName.exactOptional(),
    })
    .exactOptional(),
});

export type ExistingPlatform = z.infer<typeof existingValues>;

/** Any platform whose cluster a kubeconfig context reaches, as far as the constructs of this one use it. */
export type KubeconfigPlatform = PlatformValues & Pick<ExistingPlatform, 'kubeconfig' | 'objectStorage'>;
