/**
 * Requests and limits of a container. No CPU limit: a throttled scraper loses samples, but a shared CPU only delays
 * them.
 */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** A volume claim. */
export interface Storage {
  /** Quantity of bytes, such as `50Gi`. */
  readonly size: string;
  /** @default the default StorageClass of the cluster */
  readonly className?: string;
}

/** The used fields of the operator's `StorageSpec`; the published type requires a wrong kind. */
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
