/**
 * Requests and limits of a container. There is no CPU limit, because a throttled scraper loses samples. Without the
 * limit, a busy CPU only delays the samples.
 */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** A volume claim. */
export interface Storage {
  /** Size of the volume in Kubernetes' notation, such as `50Gi`. */
  readonly size: string;
  /**
   * StorageClass of the volume.
   * @default the default StorageClass of the cluster
   */
  readonly className?: string;
}

/**
 * The fields of the operator's `StorageSpec` that the platform uses. The published type is not usable, because it
 * requires a wrong `kind`.
 */
export interface StorageSpec {
  readonly volumeClaimTemplate: {
    readonly spec: {
      readonly accessModes: readonly ['ReadWriteOnce'];
      readonly resources: { readonly requests: { readonly storage: string } };
      readonly storageClassName?: string;
    };
  };
}

export function storageSpec({ size, className }: Storage): StorageSpec {
  return {
    volumeClaimTemplate: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: size } },
        ...(className && { storageClassName: className }),
      },
    },
  };
}
