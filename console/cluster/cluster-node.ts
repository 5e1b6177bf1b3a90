import { kubeStateMetrics } from '../../metrics/definitions/kube-state.ts';
import { processMetrics } from '../../metrics/definitions/process.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import {
  count,
  type Expression,
  lastOverTime,
  matching,
  range,
  select,
  sum,
  type Vector,
} from '../../metrics/promql.ts';
import { sources } from '../../sources/index.ts';
import type { LogSource } from '../../verify/kubectl.ts';
import type { MapNode } from '../map-node.ts';

/** A component of a cluster: the data for the map, and the expressions and pods that provide its state and its log. */
export interface ClusterNode extends MapNode {
  readonly health: Health;
  /**
   * Expression of the resident memory in bytes. It returns a single series without labels.
   * @default the memory is unknown
   */
  readonly memory?: Expression;
  /**
   * Pods of the component.
   * @default none: the component runs outside the clusters
   */
  readonly pods?: Pods;
}

/** Expressions for the health of a component. Each expression returns a single series without labels, or no series. */
export interface Health {
  /** Number of instances that answer. */
  readonly answers: Expression;
  /** Number of instances that exist. */
  readonly known: Expression;
  /**
   * Number of instances that the environment requires.
   * @default any number
   */
  readonly expected?: number;
}

export interface Pods extends LogSource {
  /** Regular expression that matches the names of the pods. */
  readonly names: string;
  /**
   * Name of the edge in whose cluster the pods run.
   * @default the pods run in the central cluster
   */
  readonly edge?: string;
}

/**
 * The pods of a workload. Their names start with the name of the workload.
 * @param workload such as `deployment/pushgateway`
 */
export function podsOf(namespace: string, workload: string, container?: string): Pods {
  const name = workload.slice(workload.indexOf('/') + 1);
  return { namespace, of: [workload], names: `${name}-.+`, ...(container !== undefined && { container }) };
}

/**
 * For a target of an agent, samples count only up to this age. Without this limit, the last samples of a stopped agent
 * would count for five minutes.
 */
const newest = '90s';

/**
 * The health of a target, derived from the success of its scrapes.
 * @param expected number of instances that the environment requires
 */
export function scraped(node: Target, expected?: number): Health {
  const up = upOf(node);
  return { answers: sum(up), known: count(up), ...(expected !== undefined && { expected }) };
}

type Target = Required<Pick<MapNode, 'source'>> & Pick<MapNode, 'target'>;

/**
 * The series `up` of a target. For a target that an agent scrapes, only the samples of the last three scrapes count.
 */
function upOf({ source, target }: Target): Vector {
  const { job, scrapedBy } = sources[source];
  const up = select(targetMetrics.up, { job, ...target });
  return scrapedBy === 'central' ? up : lastOverTime(range(up, newest));
}

/** The health of pods, derived from their readiness. kube-state-metrics must run in the cluster of the pods. */
export function ready({ namespace, names, container }: Pods): Health {
  const containers = select(kubeStateMetrics.containerReady, {
    namespace,
    pod: matching(names),
    ...(container !== undefined && { container }),
  });
  return { answers: sum(containers), known: count(containers) };
}

/** Expression of the resident memory of a target's processes. */
export function memoryOf({ source, target }: Target): Expression {
  return sum(select(processMetrics.residentMemory, { job: sources[source].job, ...target }));
}

/** Expression of the restarts of a component's containers. */
export function restartsOf({ namespace, names, container }: Pods): Expression {
  return sum(
    select(kubeStateMetrics.containerRestarts, {
      namespace,
      pod: matching(names),
      ...(container !== undefined && { container }),
    }),
  );
}
