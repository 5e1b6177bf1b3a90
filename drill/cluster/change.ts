import type { Kubectl } from '../../verify/kubectl.ts';

/** A right that a change needs, in the notation of `kubectl auth can-i`. */
export interface Permission {
  readonly verb: 'get' | 'list' | 'patch' | 'create' | 'delete';
  readonly resource: string;
}

/**
 * A change of objects in a cluster. The cluster stores the original values until the restore. Therefore any machine can
 * restore them, even after a crash of the drill.
 */
export interface Change {
  readonly namespace: string;
  /** Name of the edge in whose cluster the change happens. @default the central cluster */
  readonly edge?: string;
  /** Effect of the change, as a sentence without a full stop. */
  readonly effect: string;
  readonly needs: readonly Permission[];
  /** May be called several times. @throws KubectlError */
  readonly make: (kubectl: Kubectl) => Promise<void>;
  /** Restores the original values. Has no effect without an earlier change. @throws KubectlError */
  readonly undo: (kubectl: Kubectl) => Promise<void>;
}

/** The annotation that keeps the original value of a field, as JSON. */
export const originalAnnotation = 'prometheus-platform/drill-original';
