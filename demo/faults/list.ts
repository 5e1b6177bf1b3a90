import { batchFailing, batchStopped, pushgatewayKilled } from './batch.ts';
import { consumerStalled, edgeCutOff, edgeNatsKilled, natsFrozen, primaryNatsKilled } from './clusters.ts';
import type { Fault } from './fault.ts';
import { upstreamGarbage, upstreamRateLimited, upstreamTimeout } from './upstream.ts';

/** Every fault that can be injected, in the order of the four acts. */
export const faults: readonly Fault[] = [
  primaryNatsKilled,
  natsFrozen,
  consumerStalled,
  upstreamRateLimited,
  upstreamTimeout,
  upstreamGarbage,
  edgeCutOff,
  edgeNatsKilled,
  batchFailing,
  batchStopped,
  pushgatewayKilled,
];

/** The faults that this run can inject. */
export function faultsOf({ liveRates }: { readonly liveRates: boolean }): readonly Fault[] {
  return faults.filter(({ needsMock = false }) => !(needsMock && liveRates));
}
