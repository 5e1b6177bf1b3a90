import { namespaces, releases } from '../../config/topology.ts';

/** What the central Prometheus selects ServiceMonitors, PodMonitors and rules by; what an agent scrapes goes without. */
export const scrapedByCentral = { release: releases.kubePrometheusStack } as const;

/** Labels of the central Prometheus' pods, as the operator sets them. */
export const centralPrometheusPods = {
  'app.kubernetes.io/name': 'prometheus',
  'operator.prometheus.io/name': `${releases.kubePrometheusStack}-prometheus`,
} as const;

/** The central Prometheus as a peer of network policies. */
export const centralPrometheus = { namespace: namespaces.monitoring, pods: centralPrometheusPods } as const;
