import { type Expression, render } from '../../metrics/promql.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';
import type { ComponentState, ComponentStatus, PipelineStatus } from '../controls.ts';
import { type ClusterNode, type Health, restartsOf } from './cluster-node.ts';

type Quantity = 'answers' | 'known' | 'memory' | 'restarts';

const tag = 'quantity';

export function statusQuery(nodes: readonly ClusterNode[]): string {
  const tagged = (name: string, quantity: Quantity, expression: Expression) =>
    `label_replace(${render(expression)}, "${tag}", ${JSON.stringify(`${name} ${quantity}`)}, "", "")`;
  return nodes
    .flatMap(({ name, health, memory, pods }) => [
      tagged(name, 'answers', health.answers),
      tagged(name, 'known', health.known),
      ...(memory ? [tagged(name, 'memory', memory)] : []),
      // The central kube-state-metrics has no data about pods in the clusters of edges.
      ...(pods && pods.edge === undefined ? [tagged(name, 'restarts', restartsOf(pods))] : []),
    ])
    .join(' or ');
}

/** `known` and `answers` are numbers of instances, as in `Health`. */
export function stateOf(
  known: number,
  answers: number,
  { expected = 1 }: Pick<Health, 'expected'>,
): ComponentState {
  if (known === 0) return 'stopped';
  return answers >= Math.max(known, expected) ? 'running' : 'unhealthy';
}

/** Minimum time between two queries. All open pages share the answer. */
const freshMs = 900;

/** Keeps the last states while Prometheus does not answer. */
export class StatusReader {
  readonly #nodes: readonly ClusterNode[];
  readonly #prometheus: Pick<PrometheusApi, 'query'>;
  readonly #query: string;
  #last: PipelineStatus;
  #staleSince: number | undefined;
  #reading: { readonly startedAt: number; readonly status: Promise<PipelineStatus> } | undefined;

  constructor(nodes: readonly ClusterNode[], prometheus: Pick<PrometheusApi, 'query'>) {
    this.#nodes = nodes;
    this.#prometheus = prometheus;
    this.#query = statusQuery(nodes);
    this.#last = { ready: false, components: nodes.map((node) => this.#status(node, 'starting')) };
  }

  /** @returns the states of all components, and `staleSince` if Prometheus does not answer */
  read(now = Date.now()): Promise<PipelineStatus> {
    if (!this.#reading || now - this.#reading.startedAt >= freshMs) {
      this.#reading = { startedAt: now, status: this.#ask(now) };
    }
    return this.#reading.status;
  }

  async #ask(now: number): Promise<PipelineStatus> {
    try {
      const series = await this.#prometheus.query(this.#query);
      const values = new Map(series.map(({ metric, value }) => [metric[tag], Number(value?.[1] ?? 0)]));
      this.#staleSince = undefined;
      this.#last = {
        ready: true,
        components: this.#nodes.map((node) => {
          const quantity = (name: Quantity) => values.get(`${node.name} ${name}`) ?? 0;
          return this.#status(
            node,
            stateOf(quantity('known'), quantity('answers'), node.health),
            quantity('memory'),
            quantity('restarts'),
          );
        }),
      };
      return this.#last;
    } catch {
      this.#staleSince ??= now;
      return { ...this.#last, staleSince: this.#staleSince };
    }
  }

  #status(
    { name, role, pods }: ClusterNode,
    state: ComponentState,
    rssBytes = 0,
    restarts = 0,
  ): ComponentStatus {
    return { name, role, state, pid: null, rssBytes, restarts, ...(!pods && { hosted: true }) };
  }
}
