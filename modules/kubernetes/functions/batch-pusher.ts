import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  credentialSecrets,
  batchSchedule as job,
  services,
  tlsSecrets,
} from '../../../config/cluster-names.ts';
import { cronOf, scheduledRun } from '../../../config/period.ts';
import { seconds } from '../../../metrics/duration.ts';
import { jobs, sourcePorts } from '../../../sources/index.ts';
import { type IssuerRef, serverName } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import { EphemeralSecret, generatedPassword } from '../ephemeral-secret.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { type Peer, RestrictEgress } from '../network-policy.ts';
import { functionPod, tlsFolder } from './function-pod.ts';
import { FunctionServer } from './function-server.ts';
import { functionLabels, functionManifests } from './monitor.ts';

export interface BatchPusherProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly image: string;
  /** Without a Secret, the identity of the node pulls the image. */
  readonly pullSecret?: string;
  /**
   * Time between two runs of the batch, such as `10m`.
   * @default no CronJob
   */
  readonly every?: string;
  /**
   * Peers that may send reports. Prometheus may always scrape.
   * @default none
   */
  readonly callers?: readonly Peer[];
  /** These dependencies must include the Helm release that installs `batchPusherManifests`. */
  readonly dependsOn?: ITerraformDependable[];
}

/** An HTTP server, and a CronJob if `every` is set. */
export class BatchPusher extends Construct {
  readonly server: FunctionServer;

  constructor(scope: Construct, id: string, props: BatchPusherProps) {
    super(scope, id);
    const { connection, namespace, dependsOn = [] } = props;
    const { pushgateway } = services;
    /** To read the token, see docs/secrets.md. */
    const token = new EphemeralSecret(this, 'token', {
      connection,
      namespace,
      name: credentialSecrets.batchPusherToken,
      data: { token: generatedPassword(this, 'batch_pusher_token') },
      dependsOn,
    });
    const pod = {
      image: props.image,
      ...(props.pullSecret && { pullSecret: props.pullSecret }),
      env: {
        PUSHGATEWAY_URL: `https://${serverName(pushgateway.name, pushgateway.namespace)}:${sourcePorts.pushgateway}`,
        PUSHGATEWAY_CA_FILE: `${tlsFolder}/ca.crt`,
        ...(props.every !== undefined && { ETL_PERIOD_SECONDS: String(seconds(props.every)) }),
      },
      tlsSecret: tlsSecrets.batchPusher,
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '192Mi' } },
    };
    const egress = [{ to: [{ namespace: pushgateway.namespace }], ports: [sourcePorts.pushgateway] }];
    this.server = new FunctionServer(this, 'server', {
      ...pod,
      secretEnv: { API_TOKEN: { secret: token.name, key: 'token' } },
      connection,
      namespace,
      name: jobs.batchPusher,
      port: sourcePorts.batchPusher,
      // Idempotency keys are in memory. A second replica would push repeated reports again.
      replicas: 1,
      callers: [centralPrometheus, ...(props.callers ?? [])],
      egress,
      dependsOn: [...dependsOn, token.secret],
    });
    if (props.every === undefined) return;
    new CronJobV1(this, 'schedule', {
      provider: connection.kubernetes,
      metadata: { name: job, namespace, labels: functionLabels(job) },
      spec: {
        schedule: cronOf(props.every),
        timezone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: scheduledRun.startingDeadlineSeconds,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: functionLabels(job) },
          spec: {
            backoffLimit: 2,
            activeDeadlineSeconds: scheduledRun.activeDeadlineSeconds,
            // The alert on a failed Job fires until Kubernetes deletes the Job.
            ttlSecondsAfterFinished: '3600',
            template: {
              metadata: { labels: functionLabels(job) },
              spec: { ...functionPod({ ...pod, program: 'job.cjs' }), restartPolicy: 'Never' },
            },
          },
        },
      },
      dependsOn: [...dependsOn, token.secret],
    });
    new RestrictEgress(this, 'restrict-schedule', {
      connection,
      namespace,
      name: `restrict-${job}`,
      of: functionLabels(job),
      rules: egress,
      dependsOn,
    });
  }
}

/** Custom resources of the batch-pusher, such as its certificate. */
export function batchPusherManifests(props: {
  readonly namespace: string;
  readonly issuer?: IssuerRef;
}): object[] {
  return functionManifests({
    ...props,
    name: jobs.batchPusher,
    tlsSecret: tlsSecrets.batchPusher,
    source: 'batchPusher',
  });
}
