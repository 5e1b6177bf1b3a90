import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';

/** Levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Pod-level settings of the `restricted` standard. @param user uid and gid that also own the volumes */
export function restrictedPod(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  } satisfies IPodSecurityContext;
}

/** Container-level settings of the `restricted` standard, for a program that writes to its own file system. */
export const writableContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} satisfies NonNullable<IContainer['securityContext']>;

/** Container-level settings of the `restricted` standard. */
export const restrictedContainer = {
  allowPrivilegeEscalation: writableContainer.allowPrivilegeEscalation,
  readOnlyRootFilesystem: true,
  capabilities: writableContainer.capabilities,
} satisfies NonNullable<IContainer['securityContext']>;
