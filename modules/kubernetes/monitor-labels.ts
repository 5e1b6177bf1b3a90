import { namespaces, releases } from '../../config/topology.ts';

/** Label by which the central Prometheus selects monitors and rules. Monitors of an agent do not have this label. */
export const scrapedByCentral = { release: releases.kubePrometheusStack } as const;

/** Labels that the operator sets on the pods of the central Prometheus. */
export const centralPrometheusPods = {
  'app.kubernetes.io/name': 'prometheus',
  'operator.prometheus.io/name': `${releases.kubePrometheusStack}-prometheus`,
} as const;

/** The central Prometheus, as a peer in network policies. */
export const centralPrometheus = { namespace: namespaces.monitoring, pods: centralPrometheusPods } as const;
