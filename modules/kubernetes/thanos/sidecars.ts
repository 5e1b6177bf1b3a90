import type { DeploymentV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IVolume } from 'kubernetes-models/v1/Volume';

export interface Sidecars {
  readonly containers: readonly IContainer[];
  readonly volumes: readonly IVolume[];
  /** The Service exposes these container ports. The keys are names of ports. */
  readonly ports: Readonly<Record<string, number>>;
}

type Probe = NonNullable<IContainer['livenessProbe']>;

/** In the type of the Terraform provider, lists have singular names, and some numbers are strings. */
export function terraformContainer(container: IContainer): DeploymentV1SpecTemplateSpecContainer {
  const {
    ports = [],
    volumeMounts = [],
    securityContext,
    livenessProbe,
    readinessProbe,
    ...same
  } = container;
  const { runAsUser, ...context } = securityContext ?? {};
  return {
    ...(same as object),
    name: container.name,
    imagePullPolicy: 'IfNotPresent',
    port: ports.map(({ name, containerPort }) => ({ name: name as string, containerPort })),
    volumeMount: volumeMounts.map(({ name, mountPath, readOnly }) => ({
      name,
      mountPath,
      ...(readOnly !== undefined && { readOnly }),
    })),
    securityContext: {
      ...(context as object),
      runAsNonRoot: true,
      ...(runAsUser !== undefined && { runAsUser: String(runAsUser) }),
    },
    ...(livenessProbe && { livenessProbe: probe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: probe(readinessProbe) }),
  };
}

function probe({ httpGet, ...times }: Probe) {
  return {
    ...(times as object),
    ...(httpGet && {
      httpGet: {
        path: httpGet.path as string,
        port: String(httpGet.port),
        scheme: httpGet.scheme as string,
      },
    }),
  };
}

/** Converts a volume to Terraform arguments. The volume has a ConfigMap, a Secret or an empty folder. */
export function terraformVolume({ name, configMap, secret, emptyDir }: IVolume) {
  return {
    name,
    ...(configMap && { configMap: { name: configMap.name as string } }),
    ...(secret && { secret: { secretName: secret.secretName as string } }),
    ...(emptyDir && {
      emptyDir: { medium: emptyDir.medium as string, sizeLimit: String(emptyDir.sizeLimit) },
    }),
  };
}
