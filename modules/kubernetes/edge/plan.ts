import type { Edge, Environment } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { seconds } from '../../../metrics/duration.ts';
import { defaultSeries } from '../thanos/sizing.ts';
import { type AgentDemand, type AgentSize, agentSize } from './sizing.ts';

export interface EdgePlan {
  readonly demand: AgentDemand;
  readonly size: AgentSize;
  readonly replicas: 1 | 2;
  /** Longest outage of the receiver in which the agent loses no samples, as a Prometheus duration. */
  readonly outage: string;
}

export function edgePlan(
  { expectedSeries, outage, replicas = 1 }: Pick<Edge, 'expectedSeries' | 'outage' | 'replicas'>,
  { outOfOrderWindow }: Pick<Environment['central'], 'outOfOrderWindow'>,
): EdgePlan {
  const bridged = outage ?? outOfOrderWindow;
  const demand: AgentDemand = {
    series: expectedSeries ?? defaultSeries.edge,
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    outageSeconds: seconds(bridged),
  };
  return { demand, size: agentSize(demand), replicas, outage: bridged };
}

/** If an edge has two agents, each agent writes all series. The receiver then stores each series twice. */
export function writtenSeries({
  expectedSeries,
  replicas = 1,
}: Pick<Edge, 'expectedSeries' | 'replicas'>): number {
  return (expectedSeries ?? defaultSeries.edge) * replicas;
}

export function hasPairs({ edges }: Pick<Environment, 'edges'>): boolean {
  return edges.some(({ replicas }) => replicas === 2);
}
