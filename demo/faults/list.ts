import { batchFaults } from './batch.ts';
import { cardinalityExplosion } from './cardinality.ts';
import { batchClockAhead } from './clock.ts';
import { clusterFaults } from './clusters.ts';
import { configurationFaults } from './configurations.ts';
import { exporterFaults } from './exporters.ts';
import { type Fault, faultAreas } from './fault.ts';
import { marketFaults } from './market.ts';
import { monitoringFaults } from './monitoring.ts';
import { reportFaults } from './reports.ts';
import { upstreamFaults } from './upstream.ts';

const declared: readonly Fault[] = [
  ...clusterFaults,
  ...upstreamFaults,
  ...batchFaults,
  cardinalityExplosion,
  batchClockAhead,
  ...marketFaults,
  ...exporterFaults,
  ...reportFaults,
  ...monitoringFaults,
  ...configurationFaults,
];
const areas = Object.keys(faultAreas);

/** All faults, in display order. */
export const faults: readonly Fault[] = [...declared].sort(
  (one, other) => areas.indexOf(one.area) - areas.indexOf(other.area),
);

/** The faults that are possible with these settings. */
export function faultsOf({
  liveRates,
  airflow,
  processes,
}: {
  readonly liveRates: boolean;
  readonly airflow: boolean;
  readonly processes: boolean;
}): readonly Fault[] {
  return faults
    .filter(({ needsMock = false }) => !(needsMock && liveRates))
    .filter(({ process, needsFiles = false }) => processes || (process === undefined && !needsFiles))
    .map((fault) => ({ ...fault, breaks: (airflow && fault.breaksWithAirflow) || fault.breaks }));
}
