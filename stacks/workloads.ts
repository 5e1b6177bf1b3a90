import type { Construct } from 'constructs';
import { credentialSecrets } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import { Airflow, airflowPeer } from '../modules/kubernetes/airflow/airflow.ts';
import { BatchPusher, batchPusherManifests } from '../modules/kubernetes/functions/batch-pusher.ts';
import { Exporter, exporterManifests } from '../modules/kubernetes/functions/exporter.ts';
import { centralPrometheus, scrapedByCentral } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { Nats } from '../modules/kubernetes/nats/nats.ts';
import { type Deployment, EnvironmentStack } from '../platforms/environment-stack.ts';
import { exporters, hostingOf, jobs } from '../sources/index.ts';
import { chartSettings, ownImage, storage } from './artifacts.ts';
import { registryLogins } from './prerequisites.ts';

/** The stack of the monitored workloads: NATS, exporters, the batch-pusher, and optionally Airflow. */
export class WorkloadsStack extends EnvironmentStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'workloads');
    const { environment, constructs } = deployment;
    const connection = constructs.connect(this, environment);
    const { central, certificates, functions, images, nats } = environment;
    const { labels } = central;
    const issuer = certificates.issuer && { issuer: certificates.issuer };
    const pullSecret = images.pullSecret && { pullSecret: credentialSecrets.registry };

    const namespace = new ManagedNamespace(this, 'namespace', { connection, name: namespaces.nats });
    const logins = registryLogins(this, environment, connection, [namespace]);
    const exportersHere = exporters.filter(({ name }) => hostingOf(environment, name).host === 'cluster');

    const { release } = new Nats(this, 'nats', {
      connection,
      namespace: namespace.name,
      ...chartSettings(environment),
      labels,
      replicas: nats.replicas,
      storage: storage(environment, nats.volume),
      clients: podsIn(nats.clients),
      monitorLabels: scrapedByCentral,
      scraper: centralPrometheus,
      ...issuer,
      manifests: [
        ...exportersHere.flatMap((source) => exporterManifests({ source, labels, ...issuer })),
        ...(functions.host === 'cluster'
          ? batchPusherManifests({ namespace: namespaces.monitoring, ...issuer })
          : []),
      ],
      dependsOn: [namespace.namespace, ...logins],
    });
    for (const source of exportersHere) {
      const { upstreamUrl } = hostingOf(environment, source.name);
      new Exporter(this, source.program.name, {
        connection,
        source,
        image: ownImage(environment, source.program.name),
        ...pullSecret,
        ...(upstreamUrl && { upstreamUrl }),
        dependsOn: [release],
      });
    }
    if (functions.host === 'cluster') {
      new BatchPusher(this, jobs.batchPusher, {
        connection,
        namespace: namespaces.monitoring,
        image: ownImage(environment, jobs.batchPusher),
        ...pullSecret,
        // Airflow replaces the CronJob. Airflow and the CronJob would overwrite each other's reports.
        ...(!environment.airflow && { every: functions.every }),
        callers: [
          ...(environment.airflow ? [airflowPeer(namespaces.monitoring)] : []),
          ...podsIn(functions.callers),
        ],
        dependsOn: [release],
      });
    }
    if (environment.airflow) {
      const { databaseHost, databaseName, databaseUser } = environment.airflow;
      new Airflow(this, 'airflow', {
        connection,
        namespace: namespaces.monitoring,
        ...chartSettings(environment),
        every: functions.every,
        database: { host: databaseHost, name: databaseName, user: databaseUser },
        dependsOn: [release],
      });
    }
  }
}

const podsIn = (namespaces: readonly string[] = []) => namespaces.map((namespace) => ({ namespace }));
