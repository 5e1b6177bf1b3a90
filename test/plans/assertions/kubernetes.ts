import { type ChartPin, charts } from '../../../config/charts.ts';
import type { Environment } from '../../../config/environment.ts';
import type { Assertion, Attributes } from './assertion.ts';
import { is } from './assertion.ts';

export interface ExpectedNamespace {
  readonly name: string;
  /**
   * Number of clusters in which the stack creates the namespace.
   * @default 1
   */
  readonly clusters?: number;
}

export function namespaceAssertions({ name, clusters = 1 }: ExpectedNamespace): readonly Assertion[] {
  return [
    {
      statement: `The namespace ${name} warns of pods that violate the level restricted`,
      of: { type: 'kubernetes_namespace_v1', where: { 'metadata.name': name }, count: clusters },
      attributes: { 'metadata[0].labels["pod-security.kubernetes.io/warn"]': is('restricted') },
    },
    {
      statement: `The namespace ${name} denies all ingress traffic that no other policy allows`,
      of: {
        type: 'kubernetes_network_policy_v1',
        where: { 'metadata.name': 'deny-ingress', 'metadata.namespace': name },
        count: clusters,
      },
      attributes: {
        'spec[0].policy_types': is(['Ingress']),
        'spec[0].ingress': is([]),
        'length(spec[0].pod_selector)': is(1),
      },
    },
  ];
}

export function allowPolicy(name: string, namespace: string, clusters = 1): Assertion {
  return {
    statement: `The policy ${name} in ${namespace} is about ingress traffic`,
    of: {
      type: 'kubernetes_network_policy_v1',
      where: { 'metadata.name': name, 'metadata.namespace': namespace },
      count: clusters,
    },
    attributes: { 'spec[0].policy_types': is(['Ingress']) },
  };
}

interface ExpectedRelease {
  readonly release: string;
  readonly namespace: string;
  readonly chart: keyof typeof charts;
  readonly values?: Attributes;
  /** @default 1 */
  readonly clusters?: number;
}

export function releaseAssertion(
  environment: Environment,
  { release, namespace, chart: key, values, clusters = 1 }: ExpectedRelease,
): Assertion {
  const { chart, version, repository }: ChartPin = charts[key];
  const { mirror } = environment.charts;
  const isFolder = mirror !== undefined && !mirror.includes('://');
  return {
    statement: `The release ${release} in ${namespace} installs ${chart} ${version}`,
    of: { type: 'helm_release', where: { name: release, namespace }, count: clusters },
    attributes: {
      version: is(version),
      ...(isFolder
        ? { chart: is(`${mirror}/${chart}-${version}.tgz`), repository: is(null) }
        : { chart: is(chart), repository: is(mirror ?? repository) }),
      upgrade_install: is(true),
      wait: is(true),
      timeout: { atLeast: 600 },
    },
    ...(values && { chartValues: values }),
  };
}

/** A Secret whose values are write-only: neither the plan nor the state contains them. */
export function writeOnlySecret(name: string, namespace: string, clusters = 1): Assertion {
  return {
    statement: `The Secret ${name} in ${namespace} is write-only`,
    of: {
      type: 'kubernetes_secret_v1',
      where: { 'metadata.name': name, 'metadata.namespace': namespace },
      count: clusters,
    },
    attributes: { data_wo_revision: { atLeast: 1 } },
    afterApply: { 'keys(data)': is([]) },
  };
}

/** No Service has a port on every node, because such a port can bypass the network policies. */
export const noNodePort: Assertion = {
  statement: 'No Service has the type NodePort',
  none: { type: 'kubernetes_service_v1', where: { 'spec.type': 'NodePort' } },
};
