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

/** A component of a cluster: its place on the map, the expressions for its state, and its pods. */
export interface ClusterNode extends MapNode {
  readonly health: Health;
  /**
   * Resident memory in bytes. The expression returns one series without labels.
   * @default the memory is unknown
   */
  readonly memory?: Expression;
  /** @default none: the component runs outside the clusters */
  readonly pods?: Pods;
}

/** Each expression returns one series without labels, or no series. */
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
  /** Regular expression for the names of the pods. */
  readonly names: string;
  /**
   * The edge whose cluster runs the pods.
   * @default the central cluster
   */
  readonly edge?: string;
}

/**
 * The pods of a workload. The names of the pods start with the name of the workload.
 * @param workload such as `deployment/pushgateway`
 */
export function podsOf(namespace: string, workload: string, container?: string): Pods {
  const name = workload.slice(workload.indexOf('/') + 1);
  return { namespace, of: [workload], names: `${name}-.+`, ...(container !== undefined && { container }) };
}

/**
 * Maximum age of a sample from an agent. Without this limit, the targets of a stopped agent would seem to answer for
 * five more minutes.
 */
const newest = '90s';

/**
 * The health of a target, from the success of its scrapes.
 * @param expected number of instances that the environment requires
 */
export function scraped(node: Target, expected?: number): Health {
  const up = upOf(node);
  return { answers: sum(up), known: count(up), ...(expected !== undefined && { expected }) };
}

type Target = Required<Pick<MapNode, 'source'>> & Pick<MapNode, 'target'>;

/** The series `up` of a target. If an agent scrapes the target, only samples of the last 90 seconds count. */
function upOf({ source, target }: Target): Vector {
  const { job, scrapedBy } = sources[source];
  const up = select(targetMetrics.up, { job, ...target });
  return scrapedBy === 'central' ? up : lastOverTime(range(up, newest));
}

/** The health of pods, from their readiness. Needs kube-state-metrics in the same cluster. */
export function ready({ namespace, names, container }: Pods): Health {
  const containers = select(kubeStateMetrics.containerReady, {
    namespace,
    pod: matching(names),
    ...(container !== undefined && { container }),
  });
  return { answers: sum(containers), known: count(containers) };
}

/** Resident memory of a target. */
export function memoryOf({ source, target }: Target): Expression {
  return sum(select(processMetrics.residentMemory, { job: sources[source].job, ...target }));
}

/** Restarts of the containers of a component. */
export function restartsOf({ namespace, names, container }: Pods): Expression {
  return sum(
    select(kubeStateMetrics.containerRestarts, {
      namespace,
      pod: matching(names),
      ...(container !== undefined && { container }),
    }),
  );
}
