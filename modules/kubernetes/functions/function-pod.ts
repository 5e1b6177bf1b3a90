import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import type { Resources } from '../resources.ts';

/** Folder in the container with the certificate (`tls.crt`), the key (`tls.key`) and the CA certificate (`ca.crt`). */
export const tlsFolder = '/etc/tls';

/** User of distroless images. */
const user = 65_532;

export interface FunctionPodProps {
  /** With a tag. */
  readonly image: string;
  /**
   * Secret with the login to the image registry.
   * @default none: the identity of the node pulls the image
   */
  readonly pullSecret?: string;
  /** Script in the working directory of the image. */
  readonly program: 'server.cjs' | 'job.cjs';
  readonly env: Readonly<Record<string, string>>;
  /**
   * Environment variables from Secrets in the same namespace.
   * @default none
   */
  readonly secretEnv?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** Secret with the certificate, from cert-manager. */
  readonly tlsSecret: string;
  readonly resources: Resources;
}

type Container = Extract<DeploymentV1SpecTemplateSpec['container'], unknown[]>[number];

const { seccompProfile, runAsNonRoot } = restrictedPod(user);

/** The Terraform provider requires ids as text. */
const podSecurity = {
  runAsNonRoot,
  runAsUser: String(user),
  runAsGroup: String(user),
  fsGroup: String(user),
  seccompProfile,
};

/**
 * A pod with one function. The pod meets the Pod Security Standard `restricted`.
 * @param more more fields of the container, such as ports and probes
 */
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
          // If the container sets nothing, the provider writes `false`, and `false` overrides the value of the pod.
          runAsNonRoot: true,
        },
        volumeMount: [{ name: 'tls', mountPath: tlsFolder, readOnly: true }],
        ...more,
      },
    ],
    volume: [{ name: 'tls', secret: { secretName: props.tlsSecret } }],
  };
}
