import type { Difference } from '../change/difference.ts';
import type { Writer } from './written.ts';

/** How an object in the cluster differs from its declaration. */
export type DriftState = 'missing' | 'changed' | 'not deployed';

/** How to remove a difference: a sentence, and the commands to run one after the other. */
export interface Remedy {
  readonly what: string;
  readonly commands: readonly string[];
}

/** An object or a resource that differs from its declaration. A finding contains no sensitive value. */
export interface DriftFinding {
  readonly state: DriftState;
  /** Kind in Kubernetes, such as `Deployment`, or type in Terraform, such as `azurerm_key_vault`. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Name for a reader, such as `Deployment airflow-3/grafana`. */
  readonly title: string;
  /** What declares the object: a stack, or a release with its stack. */
  readonly declaredBy: string;
  /**
   * The values that differ. `before` is the declared value, and `after` is the value in the cluster. If the state is
   * `not deployed`, `before` is the deployed value, and `after` is the value in the stack. Empty for a missing object.
   */
  readonly differences: readonly Difference[];
  /** The programs that wrote the values, as far as the cluster records them. */
  readonly writers: readonly Writer[];
  readonly remedies: readonly Remedy[];
}

/** The name of an object for a reader. */
export function objectTitle({
  kind,
  namespace,
  name,
}: Pick<DriftFinding, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
