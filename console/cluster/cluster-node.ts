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

export interface ClusterNode extends MapNode {
  readonly health: Health;
  /**
   * Resident memory in bytes, as one series without labels.
   * @default the memory is unknown
   */
  readonly memory?: Expression;
  /** Undefined for a component that runs outside the clusters. */
  readonly pods?: Pods;
}

/** Each expression returns one series without labels, or no series. */
export interface Health {
  /** Number of instances that answer. */
  readonly answers: Expression;
  /** Number of instances in the metrics of Prometheus, including instances that do not answer. */
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
   * Name of the edge whose cluster runs the pods.
   * @default the pods run in the central cluster
   */
  readonly edge?: string;
}

/** The pods of a workload such as `deployment/pushgateway`. */
export function podsOf(namespace: string, workload: string, container?: string): Pods {
  const name = workload.slice(workload.indexOf('/') + 1);
  return { namespace, of: [workload], names: `${name}-.+`, ...(container !== undefined && { container }) };
}

/** Maximum age of a sample. Without this limit, targets of a stopped agent look healthy for five minutes. */
const agentSampleAge = '90s';

/** The health of a target, from the success of its scrapes. */
export function scraped(node: Target, expected?: number): Health {
  const up = upOf(node);
  return { answers: sum(up), known: count(up), ...(expected !== undefined && { expected }) };
}

type Target = Required<Pick<MapNode, 'source'>> & Pick<MapNode, 'target'>;

function upOf({ source, target }: Target): Vector {
  const { job, scrapedBy } = sources[source];
  const up = select(targetMetrics.up, { job, ...target });
  return scrapedBy === 'central' ? up : lastOverTime(range(up, agentSampleAge));
}

/** The cluster of the pods must run kube-state-metrics. */
export function ready({ namespace, names, container }: Pods): Health {
  const containers = select(kubeStateMetrics.containerReady, {
    namespace,
    pod: matching(names),
    ...(container !== undefined && { container }),
  });
  return { answers: sum(containers), known: count(containers) };
}

/** Resident memory of a target, in bytes. */
export function memoryOf({ source, target }: Target): Expression {
  return sum(select(processMetrics.residentMemory, { job: sources[source].job, ...target }));
}

export function restartsOf({ namespace, names, container }: Pods): Expression {
  return sum(
    select(kubeStateMetrics.containerRestarts, {
      namespace,
      pod: matching(names),
      ...(container !== undefined && { container }),
    }),
  );
}
