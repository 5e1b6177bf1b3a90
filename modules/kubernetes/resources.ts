/**
 * Requests and limits of a container. There is no CPU limit: Kubernetes would throttle a scraper at its limit, and the
 * scraper would lose samples. Without a limit, a busy CPU only delays samples.
 */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** A volume claim. */
export interface Storage {
  /** Size as a Kubernetes quantity, such as `50Gi`. */
  readonly size: string;
  /**
   * StorageClass of the volume.
   * @default the default StorageClass of the cluster
   */
  readonly className?: string;
}

/** The used fields of `StorageSpec` of the operator. The published type requires a wrong `kind`. */
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
