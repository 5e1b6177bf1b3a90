import type { Kubectl } from '../../verify/kubectl.ts';

/** A right that a change needs, in the notation of `kubectl auth can-i`. */
export interface Permission {
  readonly verb: 'get' | 'list' | 'patch' | 'create' | 'delete';
  readonly resource: string;
}

/**
 * A change of objects in a cluster. The original values are kept in the cluster until the restore. Therefore any machine
 * can restore them, also after a crash of the drill.
 */
export interface Change {
  readonly namespace: string;
  /** Name of the edge in whose cluster the change happens. @default the central cluster */
  readonly edge?: string;
  /** What the change does, as a sentence without a full stop. */
  readonly effect: string;
  readonly needs: readonly Permission[];
  /** Makes the change. It may be called several times. @throws KubectlError */
  readonly make: (kubectl: Kubectl) => Promise<void>;
  /** Restores the original values. Has no effect if the change was not made. @throws KubectlError */
  readonly undo: (kubectl: Kubectl) => Promise<void>;
}

/** The annotation that keeps the original value of a field, as JSON. */
export const originalAnnotation = 'prometheus-platform/drill-original';
