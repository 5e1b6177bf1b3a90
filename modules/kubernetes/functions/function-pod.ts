import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import type { Resources } from '../resources.ts';

/** Folder with `tls.crt`, `tls.key` and `ca.crt`. */
export const tlsFolder = '/etc/tls';

/** User id in distroless images. */
const user = 65_532;

export interface FunctionPodProps {
  readonly image: string;
  /** Without a Secret, the identity of the node pulls the image. */
  readonly pullSecret?: string;
  readonly program: 'server.cjs' | 'job.cjs';
  readonly env: Readonly<Record<string, string>>;
  /**
   * Secrets in the same namespace.
   * @default none
   */
  readonly secretEnv?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** A Secret that cert-manager writes. */
  readonly tlsSecret: string;
  readonly resources: Resources;
}

type Container = Extract<DeploymentV1SpecTemplateSpec['container'], unknown[]>[number];

const { seccompProfile, runAsNonRoot } = restrictedPod(user);

const podSecurity = {
  runAsNonRoot,
  runAsUser: String(user),
  runAsGroup: String(user),
  fsGroup: String(user),
  seccompProfile,
};

/** A pod that meets the Pod Security Standard `restricted`. */
export function functionPod(
  props: FunctionPodProps,
  more: Partial<Container> = {},
): DeploymentV1SpecTemplateSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    ...(props.pullSecret && { imagePullSecrets: [{ name: props.pullSecret }] }),
    container: [
      {
        name: 'function',
        image: props.image,
        imagePullPolicy: 'IfNotPresent',
        args: [props.program],
        env: [
          ...Object.entries(props.env).map(([name, value]) => ({ name, value })),
          ...Object.entries(props.secretEnv ?? {}).map(([name, { secret, key }]) => ({
            name,
            valueFrom: { secretKeyRef: { name: secret, key } },
          })),
        ],
        resources: { requests: { ...props.resources.requests }, limits: { ...props.resources.limits } },
        securityContext: {
          ...restrictedContainer,
          // The Terraform provider sends `runAsNonRoot: false` for a container that does not set the argument.
          runAsNonRoot: true,
        },
        volumeMount: [{ name: 'tls', mountPath: tlsFolder, readOnly: true }],
        ...more,
      },
    ],
    volume: [{ name: 'tls', secret: { secretName: props.tlsSecret } }],
  };
}
