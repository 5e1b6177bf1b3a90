import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { clusterDrift } from '../../../review/drift/cluster-drift.ts';
import { commandsFor, type Drift } from '../../../review/drift/drift.ts';
import { stackFindings } from '../../../review/drift/stack-drift.ts';
import { parsePlan } from '../../../review/plan/read-plan.ts';
import { Kubectl } from '../../../verify/kubectl.ts';
import type { Draft } from '../draft-plan.ts';

/** Recorded from a cluster with Kubernetes 1.34.4 after changes by hand. `README.md` lists the changes. */
const files = {
  /** The Secret in which Helm stores the release `pushgateway`. */
  records: 'records.json.gz',
  /** The live objects of the release `pushgateway`, and the example Secret `batch-pusher-token`. */
  live: 'live.json.gz',
  /** The plan of `terraform plan -refresh-only` for the stack `local-workloads`. */
  refresh: 'plan-refresh.json.gz',
  /** The plan of `terraform plan` for the stack `local-workloads`. */
  next: 'plan-next.json.gz',
} as const;

export function recordedText(name: keyof typeof files): string {
  return gunzipSync(readFileSync(join(import.meta.dirname, 'recorded', files[name]))).toString();
}

const context = 'kind-monitoring';
const inMonitoring = { stack: 'local-monitoring', namespace: 'airflow-3' } as const;

/** @param change changes the live objects in place */
export function recordedCluster(change: (live: Draft) => void = () => undefined) {
  const kubectl = new Kubectl({ context });
  const live = JSON.parse(recordedText('live'));
  change(live.items);
  return {
    commandLine: (args: readonly string[]) => kubectl.commandLine(args),
    helmCommandLine: (args: readonly string[]) => kubectl.helmCommandLine(args),
    list: async () => JSON.parse(recordedText('records')).items,
    objects: async () => live.items,
  };
}

export async function recordedDrift(kubectl = recordedCluster()): Promise<Drift> {
  const stack = 'local-workloads';
  const declared = {
    releases: [{ ...inMonitoring, name: 'pushgateway' }],
    secrets: [
      {
        ...inMonitoring,
        ...{ stack, name: 'batch-pusher-token', address: 'kubernetes_secret_v1.token', keys: ['token'] },
      },
    ],
  };
  const plan = (name: 'refresh' | 'next') => parsePlan(recordedText(name), { stack, path: name });
  const { findings, leftOut, manifests, objects } = await clusterDrift(declared, {
    kubectl,
    ...commandsFor('local', context, kubectl),
  });
  return {
    environment: 'local',
    findings: [...stackFindings(stack, { refreshed: plan('refresh'), next: plan('next') }), ...findings],
    ...{ ignored: [], unused: [], leftOut, objects, stacks: ['local-monitoring', stack], seconds: 17 },
    releases: ['airflow-3/pushgateway'],
    manifests: { [context]: manifests },
  };
}
