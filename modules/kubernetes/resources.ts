/**
 * There is no CPU limit. At a CPU limit, Kubernetes stops a container for a part of each second. A scrape could then
 * exceed its timeout, and its samples would be lost. Without a limit, a busy CPU only delays samples.
 */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** Size and class of a volume claim. */
export interface Storage {
  /** A Kubernetes quantity, such as `50Gi`. */
  readonly size: string;
  /** @default the default StorageClass of the cluster */
  readonly className?: string;
}

/**
 * The fields of `StorageSpec` (Prometheus operator) that the platform uses. The type that the operator publishes is
 * wrong: it requires the field `kind` with the value `EmbeddedPersistentVolumeClaim`.
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
