import {
  certManager,
  credentialSecrets,
  services,
  thanos as thanosNames,
} from '../../../config/cluster-names.ts';
import { runsThanos } from '../../../config/engines.ts';
import type { Environment } from '../../../config/environment.ts';
import { namespaces, releases } from '../../../config/topology.ts';
import type { Assertion, AssertionsOf } from './assertion.ts';
import { elements, is } from './assertion.ts';
import {
  allowPolicy,
  namespaceAssertions,
  noNodePort,
  releaseAssertion,
  writeOnlySecret,
} from './kubernetes.ts';

export const monitoringAssertions: AssertionsOf = (environment) => {
  const { certificates, central, alerting, images } = environment;
  const { monitoring } = namespaces;
  const hasThanos = runsThanos(central);
  return {
    list: [
      ...[
        monitoring,
        ...(certificates.install ? [certManager.namespace] : []),
        ...(hasThanos ? [thanosNames.namespace] : []),
      ].flatMap((name) => namespaceAssertions({ name })),
      ...releaseAssertions(environment),
      ...['allow-prometheus', 'allow-grafana', 'allow-kube-state-metrics', 'allow-pushgateway'].map((name) =>
        allowPolicy(name, monitoring),
      ),
      ...(hasThanos
        ? ['allow-thanos-router', 'allow-thanos-ingester', 'allow-thanos-query'].map((name) =>
            allowPolicy(name, thanosNames.namespace),
          )
        : []),
      writeOnlySecret(credentialSecrets.grafanaAdmin, monitoring),
      ...(alerting.receivers.length > 0
        ? [writeOnlySecret(credentialSecrets.alertReceivers, monitoring)]
        : []),
      ...(images.pullSecret ? [writeOnlySecret(credentialSecrets.registry, monitoring)] : []),
      noNodePort,
      ...loadBalancers(environment),
    ],
  };
};

function releaseAssertions(environment: Environment): readonly Assertion[] {
  const { certificates, central, alerting, grafana, pushgateway } = environment;
  const { monitoring } = namespaces;
  const stored = central.volume !== undefined && central.engine === 'prometheus' && !central.alsoWriteTo;
  return [
    releaseAssertion(environment, {
      release: releases.operatorCrds,
      namespace: monitoring,
      chart: 'operatorCrds',
    }),
    ...(certificates.install
      ? [
          releaseAssertion(environment, {
            release: certManager.release,
            namespace: certManager.namespace,
            chart: 'certManager',
          }),
        ]
      : []),
    releaseAssertion(environment, {
      release: releases.kubePrometheusStack,
      namespace: monitoring,
      chart: 'kubePrometheusStack',
      values: {
        'crds.enabled': is(false),
        'prometheus.prometheusSpec.web.tlsConfig.minVersion': is('TLS12'),
        'alertmanager.networkPolicy.enabled': is(true),
        'grafana.admin.existingSecret': is(credentialSecrets.grafanaAdmin),
        'grafana.persistence.size': is(grafana.volume ?? null),
        ...(alerting.volume && {
          'alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.resources.requests.storage': is(
            alerting.volume,
          ),
        }),
        ...(stored && {
          'prometheus.prometheusSpec.retention': is(central.retention?.time ?? null),
          'prometheus.prometheusSpec.retentionSize': is(central.retention?.size ?? null),
          'prometheus.prometheusSpec.tsdb.outOfOrderTimeWindow': is(central.outOfOrderWindow),
          'prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage': is(
            central.volume ?? null,
          ),
        }),
        'prometheus.prometheusSpec.externalLabels.cluster': is(central.labels.cluster),
        'prometheus.prometheusSpec.externalLabels.environment': is(central.labels.environment),
      },
    }),
    releaseAssertion(environment, {
      release: releases.pushgateway,
      namespace: monitoring,
      chart: 'pushgateway',
      values: pushgateway.volume ? { 'persistentVolume.size': is(pushgateway.volume) } : {},
    }),
  ];
}

function loadBalancers(environment: Environment): readonly Assertion[] {
  const { central, platform, pushgateway } = environment;
  const { receiver } = central;
  const internal =
    platform.kind === 'azure'
      ? {
          'metadata[0].annotations["service.beta.kubernetes.io/azure-load-balancer-internal"]': is('true'),
        }
      : {};
  const count = (receiver ? 1 : 0) + (pushgateway.ip ? 1 : 0);
  return [
    ...(count === 0
      ? [
          {
            statement: 'No Service has a load balancer, because the environment has no address for one',
            none: { type: 'kubernetes_service_v1', where: { 'spec.type': 'LoadBalancer' } },
          },
        ]
      : [
          {
            statement: 'Every load balancer is internal',
            of: { type: 'kubernetes_service_v1', where: { 'spec.type': 'LoadBalancer' }, count },
            attributes: { ...internal, 'spec[0].external_traffic_policy': is('Local') },
          },
        ]),
    ...(pushgateway.ip
      ? [
          {
            statement: 'The load balancer of the Pushgateway has the address in the environment',
            of: { type: 'kubernetes_service_v1', where: { 'metadata.name': 'pushgateway-internal' } },
            attributes: {
              'metadata[0].annotations["service.beta.kubernetes.io/azure-load-balancer-ipv4"]': is(
                pushgateway.ip,
              ),
            },
          },
        ]
      : []),
    ...(receiver
      ? [
          {
            statement: 'The receiver of remote writes accepts only the ranges in the environment',
            of: { type: 'kubernetes_service_v1', where: { 'metadata.name': 'prometheus-receiver' } },
            attributes: { 'spec[0].load_balancer_source_ranges': elements(receiver.sourceRanges) },
          },
        ]
      : []),
    {
      statement: 'The Service of Prometheus belongs to the chart, and not to the stack',
      none: { type: 'kubernetes_service_v1', where: { 'metadata.name': services.prometheus.name } },
    },
  ];
}
