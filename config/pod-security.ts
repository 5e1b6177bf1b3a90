import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';

/** Pod Security Standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/**
 * Security context of a pod for the standard `restricted`.
 * @param user user id and group id
 */
export function restrictedPod(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  } satisfies IPodSecurityContext;
}

/** Security context of a container for the standard `restricted`, with a writable file system. */
export const writableContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} satisfies NonNullable<IContainer['securityContext']>;

export const restrictedContainer = {
  allowPrivilegeEscalation: writableContainer.allowPrivilegeEscalation,
  readOnlyRootFilesystem: true,
  capabilities: writableContainer.capabilities,
} satisfies NonNullable<IContainer['securityContext']>;
