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

/** A component of a cluster: what the map shows, and how its state and its log are read. */
export interface ClusterNode extends MapNode {
  readonly health: Health;
  /** Resident memory in bytes: one series without labels. @default unknown */
  readonly memory?: Expression;
  /** Its pods. @default none: the component runs outside the clusters */
  readonly pods?: Pods;
}

/** Both expressions have one series without labels, or none. */
export interface Health {
  /** How many instances answer. */
  readonly answers: Expression;
  /** How many instances exist. */
  readonly known: Expression;
  /** How many instances the environment asks for. @default any number */
  readonly expected?: number;
}

export interface Pods extends LogSource {
  /** Regular expression of the names of the pods. */
  readonly names: string;
  /** Name of the edge whose cluster runs the pods. @default the central cluster */
  readonly edge?: string;
}

/** A workload whose pods begin with its name. @param workload such as `deployment/pushgateway` */
export function podsOf(namespace: string, workload: string, container?: string): Pods {
  const name = workload.slice(workload.indexOf('/') + 1);
  return { namespace, of: [workload], names: `${name}-.+`, ...(container !== undefined && { container }) };
}

/** An agent's series end five minutes after its last sample. An older sample says nothing about the present. */
const newest = '90s';

/** The health of a target by the success of its scrapes. @param expected instances that the environment asks for */
export function scraped(node: Target, expected?: number): Health {
  const up = upOf(node);
  return { answers: sum(up), known: count(up), ...(expected !== undefined && { expected }) };
}

type Target = Required<Pick<MapNode, 'source'>> & Pick<MapNode, 'target'>;

/** `up` of a target; without the samples before the last three scrapes if an agent scrapes it. */
function upOf({ source, target }: Target): Vector {
  const { job, scrapedBy } = sources[source];
  const up = select(targetMetrics.up, { job, ...target });
  return scrapedBy === 'central' ? up : lastOverTime(range(up, newest));
}

/** The health of pods by their readiness probes, where kube-state-metrics runs in the same cluster. */
export function ready({ namespace, names, container }: Pods): Health {
  const containers = select(kubeStateMetrics.containerReady, {
    namespace,
    pod: matching(names),
    ...(container !== undefined && { container }),
  });
  return { answers: sum(containers), known: count(containers) };
}

/** Resident memory of the processes of a target. */
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
