import * as z from 'zod';
import { type Kubectl, KubectlError } from '../../verify/kubectl.ts';
import { type Change, originalAnnotation } from './change.ts';

export interface FieldChange {
  readonly kind: 'deployment' | 'cronjob' | 'networkpolicy';
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly value: unknown;
  readonly effect: string;
  readonly afterwards?: (kubectl: Kubectl) => Promise<void>;
}

const found = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
  spec: z.record(z.string(), z.unknown()),
});

const resources = {
  deployment: 'deployments.apps',
  cronjob: 'cronjobs.batch',
  networkpolicy: 'networkpolicies.networking.k8s.io',
} as const;

/** Sets `spec.<field>` to `value`. An annotation of the object stores the original value. */
export function fieldChange({
  kind,
  namespace,
  name,
  field,
  value,
  effect,
  afterwards,
}: FieldChange): Change {
  const read = async (kubectl: Kubectl) => {
    const object = await kubectl.find(kind, namespace, name);
    if (object === undefined) {
      throw new KubectlError(
        `The cluster has no ${kind} ${namespace}/${name}. Deploy the environment first.`,
      );
    }
    return found.parse(object);
  };
  /** Kubernetes removes a field or an annotation whose value in a patch is `null`. */
  const patch = (kubectl: Kubectl, original: string | null, to: unknown) =>
    kubectl.patch(kind, namespace, name, {
      metadata: { annotations: { [originalAnnotation]: original } },
      spec: { [field]: to },
    });
  return {
    namespace,
    effect,
    needs: [
      { verb: 'get', resource: resources[kind] },
      { verb: 'patch', resource: resources[kind] },
    ],
    make: async (kubectl) => {
      const { metadata, spec } = await read(kubectl);
      // A repeated `make` must not store the changed value as the original value.
      const stored = metadata.annotations?.[originalAnnotation];
      await patch(kubectl, stored ?? JSON.stringify(spec[field] ?? null), value);
      if (stored === undefined) await afterwards?.(kubectl);
    },
    undo: async (kubectl) => {
      const original = (await read(kubectl)).metadata.annotations?.[originalAnnotation];
      if (original !== undefined) await patch(kubectl, null, JSON.parse(original));
    },
  };
}
