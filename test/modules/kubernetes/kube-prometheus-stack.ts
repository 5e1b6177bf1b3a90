import { KubePrometheusStack } from '../../../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import type { KubePrometheusStackProps } from '../../../modules/kubernetes/kube-prometheus-stack/props.ts';
import type { Manifest } from './manifest.ts';
import { releaseValues, synthesize } from './synthesis.ts';

export type Given = Omit<KubePrometheusStackProps, 'connection' | 'namespace'>;

export const plain: Given = {
  prometheus: {
    externalLabels: { cluster: 'nats-primary', environment: 'production' },
    retention: { time: '10d', size: '45GB' },
    outOfOrderWindow: '6h',
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } },
    storage: { size: '50Gi', className: 'managed-csi' },
  },
  alertmanager: { receivers: [] },
  grafana: {},
};

export function synthesized(given: Partial<Given> = {}) {
  return synthesize(
    (stack, connection) =>
      new KubePrometheusStack(stack, 'kps', { connection, namespace: 'airflow-3', ...plain, ...given }),
  );
}

export const plainStack = synthesized();
export const plainValues = releaseValues(plainStack, 'kube-prometheus-stack');
export const values = (given?: Partial<Given>) =>
  given ? releaseValues(synthesized(given), 'kube-prometheus-stack') : plainValues;
export const manifests = (given?: Partial<Given>): Manifest[] => values(given).extraManifests;

export const edges = {
  names: ['berlin', 'factory'],
  peers: [{ namespace: 'another-cluster', pods: { app: 'prometheus-agent' } }, { cidr: '10.9.0.0/16' }],
};
