import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import type { Resources } from '../resources.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';

/**
 * Folder in the container with the function's certificate (`tls.crt`), its key (`tls.key`) and the CA certificate
 * (`ca.crt`).
 */
export const tlsFolder = '/etc/tls';

/** User id that runs node in distroless images. */
const user = 65_532;

export interface FunctionPodProps {
  /** Complete image reference with a tag. */
  readonly image: string;
  /**
   * Name of the Secret with the login to the registry.
   * @default none: the node's identity pulls the image
   */
  readonly pullSecret?: string;
  /** Script in the image's working directory that node runs. */
  readonly program: 'server.cjs' | 'job.cjs';
  /** Environment variables of the function. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Environment variables whose values come from Secrets in the same namespace.
   * @default none
   */
  readonly secretEnv?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** Name of the Secret with the certificate, which cert-manager fills. */
  readonly tlsSecret: string;
  readonly resources: Resources;
}

type Container = Extract<DeploymentV1SpecTemplateSpec['container'], unknown[]>[number];

const { seccompProfile, runAsNonRoot } = restrictedPod(user);

/** Security context of the pod. Its ids are text, because the Terraform provider accepts no numbers. */
const podSecurity = {
  runAsNonRoot,
  runAsUser: String(user),
  runAsGroup: String(user),
  fsGroup: String(user),
  seccompProfile,
};

/**
 * A pod with one function that meets the `restricted` pod security standard.
 * @param more ports and probes of the container
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
          // If this value is missing, the provider writes false for the container. This false would override the value
          // of the pod.
          runAsNonRoot: true,
        },
        volumeMount: [{ name: 'tls', mountPath: tlsFolder, readOnly: true }],
        ...more,
      },
    ],
    volume: [{ name: 'tls', secret: { secretName: props.tlsSecret } }],
  };
}
