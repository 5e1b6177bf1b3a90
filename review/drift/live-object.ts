import type { Branch } from '../change/tree.ts';
import { isBranch, textAt } from '../change/tree.ts';

export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for a cluster-wide object. */
  readonly namespace?: string;
  readonly name: string;
}

/** Kubernetes kinds without a namespace. The pattern must match each such kind in the charts. */
const outsideNamespaces =
  /^(Cluster[A-Z]\w*|\w*WebhookConfiguration|ValidatingAdmissionPolicy\w*|CustomResourceDefinition|Namespace|PriorityClass|StorageClass|RuntimeClass|IngressClass|PersistentVolume|APIService)$/;

/** Adds the namespace of the release to a manifest without a namespace, as Helm does. */
export function inNamespace(manifest: Branch, namespace: string): Branch {
  const metadata = isBranch(manifest.metadata) ? manifest.metadata : {};
  if (metadata.namespace !== undefined || outsideNamespaces.test(textAt(manifest, 'kind') ?? ''))
    return manifest;
  return { ...manifest, metadata: { ...metadata, namespace } };
}

/** Undefined if the value is not a Kubernetes object. */
export function objectName(object: unknown): ObjectName | undefined {
  const tree = object as Branch;
  if (!isBranch(tree)) return undefined;
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'metadata.name'].map((path) => textAt(tree, path));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const namespace = textAt(tree, 'metadata.namespace');
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** The group of `apps/v1` is `apps`. The version is ignored, because the server chooses the version. */
const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');

/** The objects of a cluster, by their names. */
export class LiveObjects {
  readonly #byName = new Map<string, Branch>();

  constructor(objects: readonly unknown[]) {
    for (const object of objects) {
      const name = objectName(object);
      if (name) this.#byName.set(keyOf(name), object as Branch);
    }
  }

  /** Finds a cluster-wide object even if the manifest of the object contains a namespace. */
  find(name: ObjectName): Branch | undefined {
    const { namespace: _, ...outside } = name;
    return this.#byName.get(keyOf(name)) ?? this.#byName.get(keyOf(outside));
  }
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectName): string {
  return [groupOf(apiVersion), kind, namespace ?? '', name].join(' ');
}
