import { join } from 'node:path';
import type { IgnoredChange } from '../../config/drift-fields.ts';
import type { Environment } from '../../config/environment.ts';
import { clusterAlias } from '../../platforms/cluster-alias.ts';
import { platformOf } from '../../platforms/environment.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { type Kubeconfig, Kubectl } from '../../verify/kubectl.ts';
import type { Branch } from '../change/tree.ts';
import { type ClusterDrift, type ClusterOptions, clusterDrift } from './cluster-drift.ts';
import { type Declared, declaredIn } from './declared.ts';
import type { DriftFinding } from './finding.ts';
import { type Ignored, withoutIgnored } from './ignore.ts';
import type { LeftOut } from './known-writers.ts';
import { stackDrift } from './stack-drift.ts';

/** The commands in the report write manifests into this folder. Git ignores the folder. */
const manifestFolder = 'cdktf.out/drift';

export interface Drift {
  readonly environment: string;
  readonly findings: readonly DriftFinding[];
  readonly ignored: readonly Ignored[];
  /** Entries of `drift.ignore` without effect. */
  readonly unused: readonly IgnoredChange[];
  readonly leftOut: readonly LeftOut[];
  readonly stacks: readonly string[];
  readonly releases: readonly string[];
  /** Number of the objects that were compared with the cluster. */
  readonly objects: number;
  /** Manifests that restore objects. The key is the context of the cluster. */
  readonly manifests: Readonly<Record<string, readonly Branch[]>>;
  readonly seconds: number;
}

export interface DriftOptions {
  readonly root: string;
  /** Folder of the synthesized stacks. The parent folder contains the local Terraform states. */
  readonly outdir: string;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/**
 * Compares a deployed environment with its declaration.
 * @throws SynthesisError, DriftError, PlanError, KubectlError
 */
export async function driftOf(
  environment: Environment,
  { root, outdir, signal, say }: DriftOptions,
): Promise<Drift> {
  const started = Date.now();
  say('synthesis of the stacks');
  const all = await synthesize(root, outdir, signal);
  const stacks = all.filter((stack) => stack.environment === environment.name);
  const declared = stacks.map(({ name, folder }) => ({
    name,
    folder,
    ...declaredIn(name, join(folder, 'cdk.tf.json')),
  }));
  const inClusters: Declared = {
    releases: declared.flatMap(({ releases }) => releases),
    secrets: declared.flatMap(({ secrets }) => secrets),
  };
  // A failed comparison interrupts Terraform for the other stacks. Terraform then releases its locks.
  const failure = new AbortController();
  const ending = AbortSignal.any([signal, failure.signal]);
  const runs = declared.map(({ name, folder, accepted }) =>
    stackDrift(name, { folder, accepted, signal: ending, say }),
  );
  const clusters = clustersDrift(environment, inClusters, say);
  for (const run of [...runs, clusters]) run.catch(() => failure.abort());
  const [ofStacks, ofClusters] = await Promise.all([Promise.all(runs), clusters]).catch(async (error) => {
    await Promise.allSettled(runs);
    throw error;
  });
  const found = [...ofStacks.flat(), ...ofClusters.flatMap(({ drift }) => drift.findings)];
  return {
    environment: environment.name,
    ...withoutIgnored(found, environment.drift?.ignore ?? []),
    leftOut: ofClusters.flatMap(({ drift }) => drift.leftOut),
    stacks: stacks.map(({ name }) => name),
    releases: inClusters.releases.map(({ name, namespace }) => `${namespace}/${name}`),
    objects: ofClusters.reduce((sum, { drift }) => sum + drift.objects, 0),
    manifests: Object.fromEntries(ofClusters.map(({ context, drift }) => [context, drift.manifests])),
    seconds: (Date.now() - started) / 1000,
  };
}

interface ContextDrift {
  readonly context: string;
  readonly drift: ClusterDrift;
}

async function clustersDrift(
  environment: Environment,
  { releases, secrets }: Declared,
  say: (sentence: string) => void,
): Promise<readonly ContextDrift[]> {
  return Promise.all(
    [...clustersOf(environment)].map(async ([alias, kubeconfig]) => {
      const { context } = kubeconfig;
      const kubectl = new Kubectl(kubeconfig);
      const inCluster = { alias: alias === '' ? undefined : alias };
      const here = <T extends { readonly alias?: string }>(list: readonly T[]) =>
        list.filter((one) => one.alias === inCluster.alias);
      const own = { releases: here(releases), secrets: here(secrets) };
      say(`${context}: ${own.releases.length} releases and the objects of the cluster`);
      const drift = await clusterDrift(own, { kubectl, ...commandsFor(environment.name, context, kubectl) });
      return { context, drift };
    }),
  );
}

/** The commands that remove the drift of a cluster. */
export function commandsFor(
  environment: string,
  context: string,
  kubectl: Pick<Kubectl, 'commandLine'>,
): Pick<ClusterOptions, 'deployCommand' | 'restoreCommands'> {
  const apply = ['apply', '--server-side', '--force-conflicts', '--field-manager=helm'];
  const file = `${manifestFolder}/${manifestFile(context)}`;
  return {
    deployCommand: `npx cdktf deploy '${environment}-*'`,
    restoreCommands: [
      `npm run drift -- ${environment} --manifests ${manifestFolder}`,
      kubectl.commandLine([...apply, '--filename', file]),
    ],
  };
}

/** The key is the alias of the Terraform provider. The key of the central cluster is empty. */
function clustersOf(environment: Environment): ReadonlyMap<string, Kubeconfig> {
  const platform = platformOf(environment);
  const edges = environment.edges.flatMap(({ cluster }) =>
    cluster === undefined
      ? []
      : [
          [
            clusterAlias(platform.edgeClusterName(cluster, environment.platform)),
            platform.edgeKubeconfig(cluster),
          ] as const,
        ],
  );
  return new Map([['', platform.kubeconfig(environment.platform)], ...edges]);
}

export function manifestFile(context: string): string {
  return `${context.replace(/[^\w.-]+/g, '-')}.yaml`;
}
