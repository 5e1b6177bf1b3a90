import type { Difference } from '../change/difference.ts';
import type { Writer } from './written.ts';

/** `not deployed`: the stacks in the checkout have changes that nobody has deployed yet. */
export type DriftState = 'missing' | 'changed' | 'not deployed';

/** How to remove a difference. The commands run in the order of the list. */
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
  /** Title in the report, such as `Deployment airflow-3/grafana`. */
  readonly title: string;
  /** What declares the object: a stack, a release with its stack, or a Certificate. */
  readonly declaredBy: string;
  /**
   * In the state `not deployed`, `after` is the value in the checkout.
   * In every other state, `after` is the live value.
   */
  readonly differences: readonly Difference[];
  /** The programs that wrote the values. Empty if the programs are not known. */
  readonly writers: readonly Writer[];
  readonly remedies: readonly Remedy[];
}

/** For example `Deployment airflow-3/grafana`. */
export function objectTitle({
  kind,
  namespace,
  name,
}: Pick<DriftFinding, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
