import { namespaces, releases } from '../../config/topology.ts';

/** Label of monitors and rules of the central Prometheus. Monitors of an agent lack this label. */
export const scrapedByCentral = { release: releases.kubePrometheusStack } as const;

/** The Prometheus Operator sets these labels on the pods of the central Prometheus. */
export const centralPrometheusPods = {
  'app.kubernetes.io/name': 'prometheus',
  'operator.prometheus.io/name': `${releases.kubePrometheusStack}-prometheus`,
} as const;

export const centralPrometheus = { namespace: namespaces.monitoring, pods: centralPrometheusPods } as const;
