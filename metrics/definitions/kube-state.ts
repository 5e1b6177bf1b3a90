import { defineMetrics } from '../definition.ts';

export const kubeStateMetrics = defineMetrics({
  containerRestarts: {
    name: 'kube_pod_container_status_restarts_total',
    type: 'counter',
    unit: 'restarts',
    help: 'Restarts of a container.',
    labels: ['pod', 'container', 'uid'],
  },
  containerReady: {
    name: 'kube_pod_container_status_ready',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the container is ready.',
    labels: ['pod', 'container', 'uid'],
  },
  cronJobInfo: {
    name: 'kube_cronjob_info',
    type: 'gauge',
    unit: 'info',
    help: 'Always 1 while a CronJob exists. The labels show its schedule.',
    labels: ['cronjob', 'schedule', 'concurrency_policy', 'timezone'],
  },
});
