import type { Environment } from '../config/environment.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';

/** Number of pods of each program of Thanos whose number depends on the plan. */
export interface ThanosReplicas {
  readonly routers: number;
  readonly ingesters: number;
  readonly queriers: number;
  readonly rulers: number;
  /** Number of ingesters that store each sample. */
  readonly copies: number;
}

/** The numbers of pods that the stacks of an environment install if Thanos runs in the environment. */
export function thanosReplicas(environment: Environment): ThanosReplicas {
  const { size, replication } = thanosPlan(environment);
  const { routers, ingesters, queriers, rulers } = size;
  return {
    routers: routers.replicas,
    ingesters: ingesters.replicas,
    queriers: queriers.replicas,
    rulers: rulers.replicas,
    copies: replication,
  };
}
