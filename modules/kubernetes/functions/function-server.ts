import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1/index.js';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from '../connection.ts';
import { AllowIngress, type Peer, RestrictEgress, type RestrictEgressProps } from '../network-policy.ts';
import { type FunctionPodProps, functionPod, tlsFolder } from './function-pod.ts';
import { functionLabels, metricsPort } from './monitor.ts';

export interface FunctionServerProps extends Omit<FunctionPodProps, 'program'> {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /** Name of the Deployment and of the Service, and value of the label `job`. */
  readonly name: string;
  readonly port: number;
  readonly replicas: number;
  readonly callers: readonly Peer[];
  /** Allowed outgoing connections. DNS is always allowed. */
  readonly egress: RestrictEgressProps['rules'];
  readonly dependsOn?: ITerraformDependable[];
}

/** Seconds after SIGTERM in which the server accepts connections. Nodes still send new connections. */
const drainSeconds = 10;

/** Seconds until Kubernetes kills the pod: drain, 10 s for open requests, and 10 s as a reserve. */
const terminationGracePeriodSeconds = drainSeconds + 10 + 10;

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

export class FunctionServer extends Construct {
  readonly deployment: DeploymentV1;
  readonly service: ServiceV1;

  constructor(scope: Construct, id: string, props: FunctionServerProps) {
    super(scope, id);
    const { connection, namespace, name, port } = props;
    const provider = connection.kubernetes;
    const depends = props.dependsOn ? { dependsOn: props.dependsOn } : {};
    const labels = functionLabels(name);
    const metadata = { name, namespace, labels };
    const probe = (path: string) => ({ httpGet: { path, port: String(port), scheme: 'HTTPS' } });

    this.deployment = new DeploymentV1(this, 'deployment', {
      provider,
      metadata,
      spec: {
        replicas: String(props.replicas),
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '1', maxUnavailable: '0' } },
        template: {
          metadata: { labels },
          spec: {
            ...functionPod(
              {
                ...props,
                program: 'server.cjs',
                env: {
                  HOST: '0.0.0.0',
                  PORT: String(port),
                  TLS_CERT_FILE: `${tlsFolder}/tls.crt`,
                  TLS_KEY_FILE: `${tlsFolder}/tls.key`,
                  DRAIN_SECONDS: String(drainSeconds),
                  ...props.env,
                },
              },
              {
                port: [{ name: metricsPort, containerPort: port }],
                startupProbe: { ...probe('/healthz'), periodSeconds: 2, failureThreshold: 30 },
                readinessProbe: { ...probe('/readyz'), periodSeconds: 5, timeoutSeconds: 2 },
                livenessProbe: { ...probe('/healthz'), periodSeconds: 10, timeoutSeconds: 5 },
              },
            ),
            terminationGracePeriodSeconds,
            topologySpreadConstraint: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: [{ matchLabels: labels }],
              },
            ],
          },
        },
      },
      // Terraform must not remove the annotation that `kubectl rollout restart` sets.
      lifecycle: { ignoreChanges: [`spec[0].template[0].metadata[0].annotations["${restartedAt}"]`] },
      ...depends,
    });
    this.service = new ServiceV1(this, 'service', {
      provider,
      metadata,
      spec: { selector: labels, port: [{ name: metricsPort, port, targetPort: metricsPort }] },
      ...depends,
    });
    // With one replica, `minAvailable: 1` would block every node drain.
    new PodDisruptionBudgetV1(this, 'disruption-budget', {
      provider,
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: labels } },
      ...depends,
    });
    const policy = { connection, namespace, name, ...depends };
    new AllowIngress(this, 'allow-ingress', {
      ...policy,
      name: `allow-${name}`,
      to: labels,
      rules: [{ from: props.callers, ports: [port] }],
    });
    new RestrictEgress(this, 'restrict-egress', {
      ...policy,
      name: `restrict-${name}`,
      of: labels,
      rules: props.egress,
    });
  }
}
