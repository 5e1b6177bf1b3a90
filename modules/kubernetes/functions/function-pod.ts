import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import type { Resources } from '../resources.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';

/** Mount path of a function's certificate: `tls.crt`, `tls.key`, and the CA certificate `ca.crt`. */
export const tlsFolder = '/etc/tls';

/** The user id of node in distroless images. */
const user = 65_532;

export interface FunctionPodProps {
  /** Full image reference with a tag. */
  readonly image: string;
  /** @default the node's identity pulls the image */
  readonly pullSecret?: string;
  /** Script that node runs, in the image's working directory. */
  readonly program: 'server.cjs' | 'job.cjs';
  /** Environment variables of the function. */
  readonly env: Readonly<Record<string, string>>;
  /** Environment variables with values from Secrets of the same namespace. @default none */
  readonly secretEnv?: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** Secret that cert-manager fills. */
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

/** A pod with one function, within the `restricted` standard; `more` adds ports and probes to its container. */
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
          // Without a value, the provider writes false for the container, which overrides the value of the pod.
          runAsNonRoot: true,
        },
        volumeMount: [{ name: 'tls', mountPath: tlsFolder, readOnly: true }],
        ...more,
      },
    ],
    volume: [{ name: 'tls', secret: { secretName: props.tlsSecret } }],
  };
}
