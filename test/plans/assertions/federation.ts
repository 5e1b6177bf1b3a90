import {
  certManager,
  credentialSecrets,
  operatorRelease,
  remoteWriteSecret,
} from '../../../config/cluster-names.ts';
import type { Edge, Environment } from '../../../config/environment.ts';
import { releases } from '../../../config/topology.ts';
import { platformOf } from '../../../platforms/environment.ts';
import type { Assertion, AssertionsOf } from './assertion.ts';
import { is } from './assertion.ts';
import {
  allowPolicy,
  namespaceAssertions,
  noNodePort,
  releaseAssertion,
  writeOnlySecret,
} from './kubernetes.ts';

export const federationAssertions: AssertionsOf = (environment) => {
  const { edges, certificates, images } = environment;
  const others = new Set(
    edges.flatMap(({ cluster }) =>
      cluster ? [platformOf(environment).edgeClusterName(cluster, environment.platform)] : [],
    ),
  ).size;
  const edgeNamespaces = [...new Set(edges.map(({ namespace }) => namespace))].map((namespace) => ({
    namespace,
    same: edges.filter((edge) => edge.namespace === namespace),
  }));
  return {
    list: [
      ...edgeNamespaces.flatMap(({ namespace, same }) => [
        ...namespaceAssertions({ name: namespace, clusters: same.length }),
        ...edgeAssertions(environment, namespace, same),
        ...(images.pullSecret ? [writeOnlySecret(credentialSecrets.registry, namespace, same.length)] : []),
      ]),
      ...(others > 0 ? prerequisites(environment, others, certificates.install) : []),
      noNodePort,
      {
        statement: 'No Service has a load balancer',
        none: { type: 'kubernetes_service_v1', where: { 'spec.type': 'LoadBalancer' } },
      },
    ],
  };
};

function edgeAssertions(
  environment: Environment,
  namespace: string,
  edges: readonly Edge[],
): readonly Assertion[] {
  const copied = edges.filter(({ cluster, clientIssuer }) => cluster && !clientIssuer).length;
  const [first] = edges;
  const sameVolume = edges.every(({ nats }) => nats.volume === first?.nats.volume);
  return [
    releaseAssertion(environment, {
      release: releases.nats,
      namespace,
      chart: 'nats',
      clusters: edges.length,
      values: {
        'config.jetstream.enabled': is(true),
        'config.nats.tls.enabled': is(true),
        ...(first && sameVolume && { 'config.jetstream.fileStore.pvc.size': is(first.nats.volume) }),
      },
    }),
    allowPolicy('allow-nats', namespace, edges.length),
    allowPolicy('allow-agent', namespace, edges.length),
    ...(copied > 0 ? [writeOnlySecret(remoteWriteSecret, namespace, copied)] : []),
  ];
}

function prerequisites(
  environment: Environment,
  clusters: number,
  installsCertManager: boolean,
): readonly Assertion[] {
  const operator = { namespace: operatorRelease, clusters };
  return [
    ...namespaceAssertions({ name: operatorRelease, clusters }),
    releaseAssertion(environment, {
      ...operator,
      release: releases.operatorCrds,
      chart: 'operatorCrds',
    }),
    releaseAssertion(environment, {
      ...operator,
      release: operatorRelease,
      chart: 'kubePrometheusStack',
      values: { 'crds.enabled': is(false), 'prometheus.enabled': is(false) },
    }),
    ...(installsCertManager
      ? [
          ...namespaceAssertions({ name: certManager.namespace, clusters }),
          releaseAssertion(environment, {
            release: certManager.release,
            namespace: certManager.namespace,
            chart: 'certManager',
            clusters,
          }),
        ]
      : []),
  ];
}
