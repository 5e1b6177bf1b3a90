import type { Environment } from '../../config/environment.ts';
import { CouldNotRun } from '../../drill/target.ts';
import { platformOf } from '../../platforms/environment.ts';
import { startGuard } from '../../toolchain/index.ts';
import { caCertificate, clusterSystem } from '../../verify/cluster.ts';
import { Kubectl, KubectlError } from '../../verify/kubectl.ts';
import { isSound, verifyWithin } from '../../verify/verify.ts';
import { requireNoStop } from '../drill.ts';
import type { RestoreSystem } from '../store.ts';
import { clusterReads } from './reads.ts';
import { clusterStores } from './stores.ts';
import type { VolumeStoreProps } from './volume-store.ts';
import { replicasOf } from './workload.ts';

const restoreSeconds = 300;
const healthyMs = 300_000;

/** Rights in each namespace, in the notation of `kubectl auth can-i`. `requireDrillable` adds rights. */
const needs = [
  ...['pods', 'persistentvolumeclaims'].flatMap((resource) =>
    ['get', 'create', 'delete'].map((verb) => ({ verb, resource })),
  ),
  { verb: 'list', resource: 'pods' },
  { verb: 'create', resource: 'pods/portforward' },
];
const resources = {
  prometheus: 'prometheuses.monitoring.coreos.com',
  alertmanager: 'alertmanagers.monitoring.coreos.com',
  statefulset: 'statefulsets.apps',
  deployment: 'deployments.apps',
} as const;

export interface ClusterRestoreOptions {
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** @throws CouldNotRun if the restore drill cannot work with the cluster */
export async function clusterRestore(
  environment: Environment,
  { signal, say }: ClusterRestoreOptions,
): Promise<RestoreSystem> {
  const { name, central, platform } = environment;
  if (central.engine === 'thanos') {
    throw new CouldNotRun(
      `The restore drill does not work with the engine thanos, and ${name} has this engine. If ${name} has an object store (platform.objectStorage), the object store contains the uploaded samples. docs/restore.md describes how to back up and restore volumes by hand, for example the volume of the Pushgateway.`,
    );
  }
  const guard = startGuard();
  const kubectl = new Kubectl(platformOf(environment).kubeconfig(platform), guard);
  const close = async () => {
    await kubectl.close();
    guard.release();
  };
  try {
    say(`Connecting to the cluster of the environment ${name}.`);
    const reads = clusterReads(kubectl, await caCertificate(kubectl));
    const stores = clusterStores(environment, kubectl, reads);
    await Promise.all(stores.map(({ props }) => requireDrillable(kubectl, props)));
    requireNoStop(signal);
    return {
      title: `the cluster of the environment ${name}`,
      asks: true,
      restoreSeconds,
      stores: stores.map(({ store }) => store),
      prepare: async () => {},
      tidy: async () => {},
      problems: () => problemsOf(environment),
      close,
    };
  } catch (error) {
    await close();
    throw error instanceof KubectlError ? new CouldNotRun(error.message) : error;
  }
}

async function requireDrillable(kubectl: Kubectl, { name, workload }: VolumeStoreProps): Promise<void> {
  const { kind, namespace } = workload;
  const replicas = await replicasOf(kubectl, workload);
  if (kind === 'prometheus' && replicas > 1) {
    throw new CouldNotRun(
      `${namespace}/${workload.name} has ${replicas} replicas. A query can reach any of these replicas, and their samples differ. The restore drill works only with one replica of Prometheus.`,
    );
  }
  const wanted = [
    ...needs,
    { verb: 'create', resource: 'pods/exec' },
    { verb: 'patch', resource: resources[kind] },
  ];
  const answers = await Promise.all(
    wanted.map(async ({ verb, resource }) =>
      (await kubectl.may(verb, resource, namespace)) ? [] : [`${verb} ${resource}`],
    ),
  );
  const missing = answers.flat();
  if (missing.length === 0) return;
  throw new CouldNotRun(
    `The user of the kubeconfig has no right to ${missing.join(', ')} in the namespace ${namespace}. The drill of the store ${name} needs these rights. Bind a role that has these rights.`,
  );
}

async function problemsOf(environment: Environment): Promise<readonly string[]> {
  const system = await clusterSystem(environment);
  try {
    const findings = await verifyWithin(system, healthyMs, 5000);
    if (isSound(findings)) return [];
    return findings
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'wait')
      .map(({ check, detail }) => `${check}: ${detail}`);
  } finally {
    await system.close();
  }
}
