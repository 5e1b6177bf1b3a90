import type { FaultStatus } from '../../../controls/faults.ts';
import type { ComponentState, ComponentStatus } from '../../../controls.ts';
import type { Flows } from '../../../live.ts';
import type { Topology, TopologyEdge } from '../../../topology.ts';
import { formatOf } from '../../format/units.ts';

/** Meaning of a colour on the map. An icon and a text give the same information. */
export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'quiet';

export interface NodeCondition {
  readonly state: ComponentState | 'unknown';
  readonly tone: Tone;
  readonly text: string;
  /** Injected faults that break the component. */
  readonly faults: readonly FaultStatus[];
  readonly status?: ComponentStatus;
}

export interface EdgeCondition {
  /**
   * - `failing`: the component at one end is unhealthy, or `Flows.failing` contains this connection.
   * - `broken`: the component at one end does not run.
   * - `unknown`: Prometheus has no rate yet.
   */
  readonly kind: 'flowing' | 'idle' | 'failing' | 'broken' | 'unknown';
  /** The rate with its unit, or the reason why no rate exists. */
  readonly text: string;
  /** Rate in the unit of the connection; 0 if the kind is not `flowing`. */
  readonly rate: number;
}

export interface Conditions {
  readonly nodes: ReadonlyMap<string, NodeCondition>;
  readonly edges: ReadonlyMap<string, EdgeCondition>;
}

const words: Readonly<Record<ComponentState, { readonly text: string; readonly tone: Tone }>> = {
  running: { text: 'Running', tone: 'good' },
  starting: { text: 'Starting', tone: 'info' },
  unhealthy: { text: 'Unhealthy', tone: 'warn' },
  restarting: { text: 'Restarting', tone: 'warn' },
  stopping: { text: 'Stopping', tone: 'quiet' },
  stopped: { text: 'Stopped', tone: 'quiet' },
};

export function conditionsOf(
  topology: Topology,
  components: readonly ComponentStatus[],
  faults: readonly FaultStatus[],
  flows: Flows | undefined,
): Conditions {
  const status = new Map(components.map((component) => [component.name, component]));
  const injected = faults.filter((fault) => fault.injected);
  const nodes = new Map(
    topology.nodes.map(({ name }) => [
      name,
      nodeCondition(
        status.get(name),
        injected.filter(({ breaks }) => breaks.includes(name)),
      ),
    ]),
  );
  const failing = new Set(flows?.failing);
  const edges = new Map(
    topology.edges.map((edge) => [edge.id, edgeCondition(edge, nodes, flows?.rates[edge.id], failing)]),
  );
  return { nodes, edges };
}

function nodeCondition(status: ComponentStatus | undefined, faults: readonly FaultStatus[]): NodeCondition {
  const known = status ? words[status.state] : { text: 'No state yet', tone: 'quiet' as const };
  const state = status?.state ?? 'unknown';
  const shown =
    faults.length === 0
      ? known
      : { text: state === 'stopped' ? 'Stopped by a fault' : 'Broken by a fault', tone: 'bad' as const };
  return { state, ...shown, faults, ...(status && { status }) };
}

const isDead = ({ state }: NodeCondition) =>
  state !== 'running' && state !== 'unhealthy' && state !== 'unknown';

function edgeCondition(
  { id, from, to, unit }: TopologyEdge,
  nodes: ReadonlyMap<string, NodeCondition>,
  rate: number | undefined,
  failing: ReadonlySet<string>,
): EdgeCondition {
  for (const name of [from, to]) {
    const end = nodes.get(name);
    if (!end) continue;
    if (isDead(end)) return { kind: 'broken', text: `${name} is ${end.state}`, rate: 0 };
    if (end.state === 'unhealthy') return { kind: 'failing', text: 'no answer', rate: 0 };
  }
  const text = rate === undefined ? 'no data' : rateText(rate, unit);
  if (failing.has(id)) {
    return { kind: 'failing', text: rate === undefined ? 'no data' : `failing, ${text}`, rate: 0 };
  }
  if (rate === undefined) return { kind: 'unknown', text, rate: 0 };
  return { kind: rate > 0 ? 'flowing' : 'idle', text, rate };
}

/** Formats a rate, such as `84.2 samples/s`. */
export function rateText(rate: number, unit: string): string {
  return formatOf(`suffix: ${unit}`)(rate < 0.005 ? 0 : rate);
}
