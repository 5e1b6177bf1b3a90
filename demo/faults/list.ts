import { batchFaults } from './batch.ts';
import { cardinalityExplosion } from './cardinality.ts';
import { clusterFaults } from './clusters.ts';
import { type Fault, faultAreas } from './fault.ts';
import { upstreamFaults } from './upstream.ts';

const declared: readonly Fault[] = [
  ...clusterFaults,
  ...upstreamFaults,
  ...batchFaults,
  cardinalityExplosion,
];
const areas = Object.keys(faultAreas);

/** Every fault that can be injected, in the order of the four parts of the demo. */
export const faults: readonly Fault[] = [...declared].sort(
  (one, other) => areas.indexOf(one.area) - areas.indexOf(other.area),
);

/** The faults that a run with these properties can inject. */
export function faultsOf({
  liveRates,
  airflow,
  processes,
}: {
  readonly liveRates: boolean;
  readonly airflow: boolean;
  /** Whether the run can stop and suspend processes. */
  readonly processes: boolean;
}): readonly Fault[] {
  return faults
    .filter(({ needsMock = false }) => !(needsMock && liveRates))
    .filter(({ process }) => processes || process === undefined)
    .map((fault) => ({ ...fault, breaks: (airflow && fault.breaksWithAirflow) || fault.breaks }));
}
