import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import type { Resources } from '../resources.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';

/** Where the certificate of a function is mounted: `tls.crt`, `tls.key`, and the authority's `ca.crt`. */
export const tlsFolder = '/etc/tls';

/** The user id of node in distroless images. */
const user = 65_532;

export interface FunctionPodProps {
  /** Full reference with a tag. */
  readonly image: string;
  /** @default pulled by the node's identity */
  readonly pullSecret?: string;
  /** What node runs, in the image's working directory. */
  readonly program: 'server.cjs' | 'job.cjs';
  /** Settings as the function reads them from its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Settings whose values are in Secrets of the same namespace. @default none */
  readonly secretEnv?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** Filled by cert-manager. */
  readonly tlsSecret: string;
  readonly resources: Resources;
}

type Container = Extract<DeploymentV1SpecTemplateSpec['container'], unknown[]>[number];

const { seccompProfile, runAsNonRoot } = restrictedPod(user);

/** The pod's security context, with ids as text because the provider takes no numbers. */
const podSecurity = {
  runAsNonRoot,
  runAsUser: String(user),
  runAsGroup: String(user),
  fsGroup: String(user),
  seccompProfile,
};

/** A pod with one function in it, within the `restricted` standard; `more` adds ports and probes to its container. */
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
          // The provider writes false where a container's context leaves this out, and overrides the pod's context.
          runAsNonRoot: true,
        },
        volumeMount: [{ name: 'tls', mountPath: tlsFolder, readOnly: true }],
        ...more,
      },
    ],
    volume: [{ name: 'tls', secret: { secretName: props.tlsSecret } }],
  };
}
