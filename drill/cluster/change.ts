import type { Kubectl } from '../../verify/kubectl.ts';

/** `verb` and `resource` have the notation of `kubectl auth can-i`. */
export interface Permission {
  readonly verb: 'get' | 'list' | 'patch' | 'create' | 'delete';
  readonly resource: string;
}

/** Any machine can undo the change, because the cluster stores the old values. */
export interface Change {
  readonly namespace: string;
  /** Name of the edge whose cluster the drill changes. @default none: the drill changes the central cluster */
  readonly edge?: string;
  /** A sentence without a full stop, such as `scales the Deployment nats/usdt-exporter to 0`. */
  readonly effect: string;
  readonly needs: readonly Permission[];
  /** A second call must have no further effect. @throws KubectlError */
  readonly make: (kubectl: Kubectl) => Promise<void>;
  /** Has no effect if the method `make` was not called before. @throws KubectlError */
  readonly undo: (kubectl: Kubectl) => Promise<void>;
}

/** The value of this annotation is the original value of the field that the drill changes, as JSON. */
export const originalAnnotation = 'prometheus-platform/drill-original';
