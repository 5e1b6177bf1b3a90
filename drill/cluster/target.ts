import type { Environment } from '../../config/environment.ts';
import { ConsoleClient } from '../../console/cli/client.ts';
import { connectTo } from '../../console/cluster/connection.ts';
import { alertOptions } from '../../platforms/alert-rules.ts';
import { batchRunMissingAfter } from '../../rules/index.ts';
import { startGuard } from '../../toolchain/index.ts';
import { type Kubectl, KubectlError } from '../../verify/kubectl.ts';
import { consoleReads } from '../console-reads.ts';
import { requireKnown } from '../order.ts';
import { CouldNotRun, type DrillLimits, type DrillTarget } from '../target.ts';
import { serveConsole } from './console.ts';
import { type ClusterFault, clusterFaults, everyFault } from './faults.ts';

const slackSeconds = 450;

export function limitsOf({ functions, alerting }: Environment): DrillLimits {
  const slowest = batchRunMissingAfter({ batchPeriod: functions.every, ...alertOptions({ alerting }) });
  return {
    quiet: 900,
    detection: Math.max(1500, slowest + slackSeconds),
    resolution: 900,
    runbookQuery: 180,
    aftermath: 900,
    silence: 60,
  };
}

export interface ClusterTargetOptions {
  /** @default every fault */
  readonly faults?: readonly string[];
  /** The caller injects no fault, and only ends the faults of an earlier drill. */
  readonly restoresOnly: boolean;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

export interface Clusters {
  readonly kubectl: Kubectl;
  readonly kubectlOfEdge: (name: string) => Kubectl;
  readonly hasData: (expr: string) => Promise<boolean>;
}

export function clusterActions(
  environment: Environment,
  { kubectl, kubectlOfEdge, hasData }: Clusters,
): Pick<DrillTarget, 'faults' | 'effects' | 'inject' | 'restore'> {
  const clusterOf = ({ change: { edge } }: ClusterFault) =>
    edge === undefined ? kubectl : kubectlOfEdge(edge);
  const find = (name: string, list: readonly ClusterFault[]) => {
    const fault = list.find((one) => one.name === name);
    if (!fault) {
      throw new Error(
        `The drill has no fault "${name}" for the environment ${environment.name}. The available faults depend on settings in config/environments/${environment.name}.ts, such as edges and drill.namespaces. If this file has changed since the injection of the fault, undo the change, then run the command again.`,
      );
    }
    return fault;
  };
  /** Faults that were not injected, because the check of their Kubernetes rights failed. */
  const refused = new Set<string>();
  return {
    faults: async () => {
      const possible = await Promise.all(
        clusterFaults(environment).map(async (fault) =>
          fault.needsData === undefined || (await hasData(fault.needsData)) ? [fault] : [],
        ),
      );
      const faults = possible.flat();
      if (faults.length === 0) throw new CouldNotRun(refusal(environment));
      return faults.map(({ name, title, area, alerts, allowed, safe = false }) => ({
        ...{ name, title, area, alerts, allowed, safe, injected: false },
        // The drill cannot see notifications, because the receivers of Alertmanager are outside the cluster.
        withoutNotifications: true,
      }));
    },
    effects: (names) => names.map((name) => find(name, everyFault(environment)).change.effect),
    inject: async (name) => {
      const fault = find(name, clusterFaults(environment));
      refused.add(name);
      await requireRights(fault, clusterOf(fault));
      refused.delete(name);
      await fault.change.make(clusterOf(fault));
      return Date.now();
    },
    restore: async (name) => {
      // The drill must restore a fault even after a change of `drill.namespaces`.
      const fault = find(name, everyFault(environment));
      if (!refused.delete(name)) await fault.change.undo(clusterOf(fault));
      return Date.now();
    },
  };
}

/** @throws CouldNotRun if the central cluster does not answer, or if a fault is not allowed */
export async function openCluster(
  environment: Environment,
  { faults = [], restoresOnly, signal, say }: ClusterTargetOptions,
): Promise<{ readonly target: DrillTarget; close(): Promise<void> }> {
  const possible = clusterFaults(environment).map(({ name }) => name);
  if (!restoresOnly && possible.length === 0) throw new CouldNotRun(refusal(environment));
  requireKnown(faults, possible);
  const guard = startGuard();
  try {
    const connection = await connectTo(environment, { guard, report: say, signal });
    try {
      const console = await serveConsole(environment, connection);
      const client = new ConsoleClient(console.url, `npm run drill -- ${environment.name}`);
      const reads = consoleReads(client, console.url);
      const hasData = async (expr: string) => (await reads.query(expr)).length > 0;
      return {
        target: {
          title: `the cluster of the environment ${environment.name}`,
          profile: 'production',
          limits: limitsOf(environment),
          ...clusterActions(environment, { ...connection, hasData }),
          ...reads,
        },
        close: async () => {
          await console.close();
          await connection.close();
          guard.release();
        },
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    guard.release();
    if (error instanceof KubectlError) throw new CouldNotRun(error.message);
    if (signal.aborted) throw new CouldNotRun('The drill was interrupted.');
    throw error;
  }
}

function refusal({ name, drill }: Environment): string {
  return drill
    ? `No fault of a cluster fits the namespaces that ${name} allows: ${drill.namespaces.join(', ')}. Add a namespace to drill.namespaces in config/environments/${name}.ts.`
    : `The environment ${name} does not allow a drill. Set drill.namespaces in config/environments/${name}.ts to the namespaces in which a drill may change objects.`;
}

/** @throws KubectlError with the missing rights */
async function requireRights({ name, change }: ClusterFault, kubectl: Kubectl): Promise<void> {
  const { namespace, needs } = change;
  const answers = await Promise.all(
    needs.map(async ({ verb, resource }) =>
      (await kubectl.may(verb, resource, namespace)) ? [] : [`${verb} ${resource}`],
    ),
  );
  const missing = answers.flat();
  if (missing.length === 0) return;
  throw new KubectlError(
    `The user of the kubeconfig lacks rights in the namespace ${namespace}: ${missing.join(', ')}. The fault ${name} needs these rights. Bind a role with these rights to the user, or choose other faults with --fault.`,
  );
}
