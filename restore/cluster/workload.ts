import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { type Kubectl, KubectlError } from '../../verify/kubectl.ts';

/** The Kubernetes object that creates the pods of a store. */
export interface Workload {
  readonly kind: 'prometheus' | 'alertmanager' | 'statefulset' | 'deployment';
  readonly namespace: string;
  readonly name: string;
}

const pollMs = 500;
const stopMs = 120_000;
const readyMs = 300_000;

/** Annotation with the number of replicas before the drill. Another machine can restore this number. */
const replicasAnnotation = 'prometheus-platform/restore-drill-replicas';

const object = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    replicas: z.number().default(1),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional(),
  }),
  status: z.object({ selector: z.string().optional() }).default({}),
});

const podShape = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    securityContext: z.record(z.string(), z.unknown()).default({}),
    volumes: z
      .array(z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).optional() }))
      .default([]),
  }),
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
  }),
});
export type Pod = z.infer<typeof podShape>;

async function read(kubectl: Kubectl, { kind, namespace, name }: Workload) {
  const found = await kubectl.find(kind, namespace, name);
  if (found === undefined) {
    throw new KubectlError(`The cluster has no ${kind} ${namespace}/${name}. Deploy the environment first.`);
  }
  const { metadata, spec, status } = object.parse(found);
  const labels = Object.entries(spec.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const selector = status.selector || labels.join(',');
  if (selector === '')
    throw new KubectlError(
      `${kind} ${namespace}/${name} has no label selector. Therefore the drill cannot find its pods.`,
    );
  return { annotations: metadata.annotations, replicas: spec.replicas, selector };
}

export async function podsOf(kubectl: Kubectl, workload: Workload): Promise<readonly Pod[]> {
  const { selector } = await read(kubectl, workload);
  return z.array(podShape).parse(await kubectl.list('pods', workload.namespace, selector));
}

/** Returns the planned number of replicas, also while the drill has scaled the workload to zero. */
export async function replicasOf(kubectl: Kubectl, workload: Workload): Promise<number> {
  const { annotations, replicas } = await read(kubectl, workload);
  const original = annotations[replicasAnnotation];
  return original === undefined ? replicas : Number(original);
}

/** Scales a workload to zero, and waits until its pods have ended. @throws KubectlError */
export async function scaleToZero(kubectl: Kubectl, workload: Workload): Promise<void> {
  const { kind, namespace, name } = workload;
  const { annotations, replicas, selector } = await read(kubectl, workload);
  if (annotations[replicasAnnotation] === undefined) {
    await kubectl.patch(kind, namespace, name, {
      metadata: { annotations: { [replicasAnnotation]: String(replicas) } },
      spec: { replicas: 0 },
    });
  }
  await until(
    stopMs,
    async () => (await kubectl.list('pods', namespace, selector)).length === 0,
    () => `The pods of ${kind} ${namespace}/${name} have not ended`,
  );
}

/** Restores the number of replicas, and waits until every pod is ready. @throws KubectlError */
export async function scaleBack(kubectl: Kubectl, workload: Workload): Promise<void> {
  const { kind, namespace, name } = workload;
  const { annotations } = await read(kubectl, workload);
  const original = annotations[replicasAnnotation];
  if (original !== undefined) {
    await kubectl.patch(kind, namespace, name, {
      metadata: { annotations: { [replicasAnnotation]: null } },
      spec: { replicas: Number(original) },
    });
  }
  const wanted = await replicasOf(kubectl, workload);
  await until(
    readyMs,
    async () => (await podsOf(kubectl, workload)).filter(isReady).length >= wanted,
    () => `The pods of ${kind} ${namespace}/${name} are not ready`,
  );
}

const isReady = ({ status }: Pod) =>
  status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** Waits until `condition` is true. @throws KubectlError after `ms` milliseconds */
export async function until(
  ms: number,
  condition: () => Promise<boolean>,
  problem: () => string,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new KubectlError(
        `${problem()}, although restore-drill waited ${ms / 1000} s. To find the cause, run kubectl get events --all-namespaces.`,
      );
    await delay(pollMs);
  }
}
