/** There is no CPU limit, because throttling could cause scrape timeouts and lost samples. */
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

/** The type `IStorageSpec` of kubernetes-models is wrong, because it requires the field `kind`. */
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
