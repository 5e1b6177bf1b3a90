import { clusters } from '../../config/topology.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';

/** An existing EKS cluster with the EBS CSI driver. The VPC CNI enforces network policies. */
export const eks: EnvironmentValues = {
  name: 'eks',
  // This environment has a local state. A production environment would need a shared state.
  production: false,
  platform: {
    kind: 'existing',
    // The command `aws eks update-kubeconfig --name monitoring` writes this context.
    kubeconfig: { context: 'arn:aws:eks:eu-central-1:111122223333:cluster/monitoring' },
    objectStorage: {
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      bucket: 'example-monitoring-blocks',
      region: 'eu-central-1',
    },
  },
  state: { kind: 'local' },
  storageClass: 'gp3',
  charts: {},
  // The IAM role of the nodes needs the policy AmazonEC2ContainerRegistryReadOnly.
  images: { registry: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/monitoring', tag: '1.0.0' },
  certificates: { install: true },
  central: {
    engine: 'thanos',
    expectedSeries: 200_000,
    labels: clusters.primary,
    retention: { time: '10d', size: '90GB' },
    volume: '100Gi',
    outOfOrderWindow: '2h',
    resources: { requests: { cpu: '1', memory: '6Gi' }, limits: { memory: '12Gi' } },
    receiver: {
      // Create a DNS record for this name and the IP address below. The edges must resolve the name.
      host: 'prometheus.monitoring.example.com',
      ip: '10.10.0.50',
      sourceRanges: ['10.20.0.0/16'],
      // The AWS Load Balancer Controller reads `private-ipv4-addresses` instead of the field `ip`.
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
        'service.beta.kubernetes.io/aws-load-balancer-subnets': 'subnet-0123456789abcdef0',
        // This IP address must be in the subnet of the annotation `aws-load-balancer-subnets`.
        'service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses': '10.10.0.50',
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      },
    },
  },
  alerting: {
    receivers: [
      { name: 'pager', kind: 'pagerduty', severities: ['critical'] },
      { name: 'team', kind: 'slack', channel: '#monitoring', severities: ['critical', 'warning'] },
    ],
    volume: '5Gi',
    runbooks: 'https://git.example.com/monitoring/docs/runbooks',
  },
  grafana: {
    volume: '10Gi',
    ingress: { host: 'grafana.example.com', className: 'nginx', tlsSecret: 'grafana-ingress-tls' },
  },
  pushgateway: { volume: '5Gi' },
  nats: { replicas: 3, volume: '20Gi' },
  usdtExporter: { host: 'cluster' },
  functions: { host: 'cluster', every: '10m', callers: ['payroll'] },
  edges: [],
};
