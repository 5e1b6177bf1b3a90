import type { Action } from './action.ts';
import type { Difference } from './difference.ts';
import type { Tree } from './tree.ts';
import type { VersionChange } from './versions.ts';

/** A change of one resource, without sensitive values. The rules and the report read only this type. */
export interface Change {
  readonly stack: string;
  /** Address in Terraform, such as `helm_release.nats_release_D5B9FB32`. */
  readonly address: string;
  /** Terraform type, such as `helm_release` or `kubernetes_role_v1`, never `kubernetes_role`. */
  readonly type: string;
  /** True for a Kubernetes object inside a Helm release or a manifest. */
  readonly embedded?: true;
  readonly action: Action;
  /** Name for a reader, such as `NetworkPolicy nats/deny-ingress`. */
  readonly name: string;
  /** Undefined for a created resource. */
  readonly before?: Tree;
  /** Undefined for a destroyed resource. */
  readonly after?: Tree;
  /** Undefined for a resource that is not a Helm release. */
  readonly release?: ReleaseChange;
  readonly objects: readonly ObjectChange[];
  /** Changed values of the resource. The list is empty for a created or destroyed resource. */
  readonly differences: readonly Difference[];
  readonly versions: readonly VersionChange[];
  /** Terraform's reason for a replacement or a destruction. */
  readonly reason?: string;
}

/** A Helm release with its chart values before and after the change. */
export interface ReleaseChange {
  readonly name: string;
  readonly namespace: string;
  readonly before?: Tree;
  readonly after?: Tree;
}

/** A Kubernetes object in the form of a manifest, before and after the change. */
export interface ObjectChange {
  /** Keys to the object, such as `['values', 'extraObjects', 'Secret nats/token']`. */
  readonly path: readonly string[];
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly before?: Tree;
  readonly after?: Tree;
}
