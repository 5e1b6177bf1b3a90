import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';

/** Levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Pod-level settings of the `restricted` standard. @param user uid and gid that also own the volumes */
export function restrictedPod(user: number): IPodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Container-level settings of the `restricted` standard. */
export const restrictedContainer: NonNullable<IContainer['securityContext']> = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
