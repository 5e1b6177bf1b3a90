import { airflowRelease, credentialSecrets } from '../../../config/cluster-names.ts';
import type { Environment } from '../../../config/environment.ts';
import { namespaces, releases } from '../../../config/topology.ts';
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

export const workloadsAssertions: AssertionsOf = (environment) => {
  const { nats, usdtExporter, functions, airflow, images } = environment;
  const { monitoring } = namespaces;
  return {
    list: [
      ...namespaceAssertions({ name: namespaces.nats }),
      releaseAssertion(environment, {
        release: releases.nats,
        namespace: namespaces.nats,
        chart: 'nats',
        values: {
          'config.jetstream.enabled': is(true),
          'config.jetstream.fileStore.pvc.size': is(nats.volume),
          'config.cluster.enabled': is(nats.replicas > 1),
          'config.nats.tls.enabled': is(true),
        },
      }),
      allowPolicy('allow-nats', namespaces.nats),
      ...(usdtExporter.host === 'cluster'
        ? functionAssertions(environment, 'usdt-exporter', namespaces.nats)
        : [absent('usdt-exporter', namespaces.nats)]),
      ...(functions.host === 'cluster'
        ? [
            ...functionAssertions(environment, 'batch-pusher', monitoring),
            writeOnlySecret(credentialSecrets.batchPusherToken, monitoring),
          ]
        : [absent('batch-pusher', monitoring)]),
      ...(airflow
        ? [
            releaseAssertion(environment, {
              release: airflowRelease,
              namespace: monitoring,
              chart: 'airflow',
            }),
            writeOnlySecret(credentialSecrets.airflow, monitoring),
          ]
        : []),
      ...(images.pullSecret ? [writeOnlySecret(credentialSecrets.registry, namespaces.nats)] : []),
      noNodePort,
      {
        statement: 'No Service has a load balancer',
        none: { type: 'kubernetes_service_v1', where: { 'spec.type': 'LoadBalancer' } },
      },
    ],
  };
};

function functionAssertions(environment: Environment, name: string, namespace: string): readonly Assertion[] {
  const image = `${platformOf(environment).imageRegistry(environment)}/${name}:${environment.images.tag}`;
  const pod = 'spec[0].template[0].spec[0]';
  return [
    {
      statement: `The function ${name} runs the image of the environment without rights`,
      of: {
        type: 'kubernetes_deployment_v1',
        where: { 'metadata.name': name, 'metadata.namespace': namespace },
      },
      attributes: {
        [`${pod}.container[0].image`]: is(image),
        [`${pod}.automount_service_account_token`]: is(false),
        [`${pod}.security_context[0].run_as_non_root`]: is(true),
        [`${pod}.container[0].security_context[0].read_only_root_filesystem`]: is(true),
        [`${pod}.container[0].security_context[0].allow_privilege_escalation`]: is(false),
        [`${pod}.container[0].security_context[0].capabilities[0].drop`]: is(['ALL']),
      },
    },
    allowPolicy(`allow-${name}`, namespace),
    {
      statement: `The policy of the function ${name} restricts its egress traffic`,
      of: {
        type: 'kubernetes_network_policy_v1',
        where: { 'metadata.name': `restrict-${name}`, 'metadata.namespace': namespace },
      },
      attributes: { 'spec[0].policy_types': is(['Egress']) },
    },
    {
      statement: `A drain of a node stops at most one pod of the function ${name}`,
      of: {
        type: 'kubernetes_pod_disruption_budget_v1',
        where: { 'metadata.name': name, 'metadata.namespace': namespace },
      },
      attributes: { 'spec[0].max_unavailable': is('1') },
    },
  ];
}

function absent(name: string, namespace: string): Assertion {
  return {
    statement: `The function ${name} has no Deployment, because it runs on Azure`,
    none: {
      type: 'kubernetes_deployment_v1',
      where: { 'metadata.name': name, 'metadata.namespace': namespace },
    },
  };
}
