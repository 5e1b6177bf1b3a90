import { batchSchedule } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { namespaces } from '../../config/topology.ts';
import { ownBatch } from '../../verify/cluster.ts';
import { KubectlError } from '../../verify/kubectl-error.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';
import { ControlFailed, type Controls, type EtlRun, OutOfBounds, UnknownComponent } from '../controls.ts';
import type { ClusterNode } from './cluster-node.ts';
import type { ClusterConnection } from './connection.ts';
import { StatusReader } from './status.ts';

export interface ClusterControlsOptions {
  readonly environment: Environment;
  readonly nodes: readonly ClusterNode[];
  readonly connection: Pick<ClusterConnection, 'kubectl' | 'kubectlOfEdge'>;
  readonly prometheus: Pick<PrometheusApi, 'query'>;
}

/** The controls of a cluster can start the batch, but never stop, delete or change a component. */
export function clusterControls(options: ClusterControlsOptions): Controls {
  const { environment, nodes, connection, prometheus } = options;
  const status = new StatusReader(nodes, prometheus);
  return {
    place: environment.name,
    startCommand: `npm run console -- ${environment.name}`,
    notOffered: 'The console of a cluster offers only actions that destroy nothing.',
    status: () => status.read(),
    logTail: (component, lines) => logTail(nodes, connection, component, lines),
    ...(ownBatch(environment) && { runIsFixed: true, runBatch: (run) => runBatch(connection, run) }),
  };
}

async function logTail(
  nodes: readonly ClusterNode[],
  { kubectl, kubectlOfEdge }: ClusterControlsOptions['connection'],
  component: string,
  lines: number,
): Promise<readonly string[]> {
  const logged = nodes.filter(({ pods }) => pods !== undefined);
  const pods = logged.find(({ name }) => name === component)?.pods;
  if (!pods) {
    throw new UnknownComponent(
      component,
      logged.map(({ name }) => name),
    );
  }
  return (pods.edge === undefined ? kubectl : kubectlOfEdge(pods.edge)).logs(pods, lines).catch(failed);
}

async function runBatch({ kubectl }: ClusterControlsOptions['connection'], run: EtlRun) {
  const [setting] = Object.keys(run);
  if (setting !== undefined) {
    throw new OutOfBounds(
      setting,
      `A batch run in a cluster does not accept the setting ${setting}. Start the batch run without this setting.`,
    );
  }
  // Two requests in one second give equal names. kubectl then refuses the second Job.
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const name = `batch-by-hand-${time}`;
  const body = await kubectl.createJob(namespaces.monitoring, batchSchedule, name).catch(failed);
  return { status: 201, body };
}

function failed(error: unknown): never {
  throw error instanceof KubectlError ? new ControlFailed(error.message) : error;
}
