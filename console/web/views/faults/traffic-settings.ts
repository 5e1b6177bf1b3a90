import type { TrafficCluster, TrafficStatus } from '../../../controls/traffic.ts';
import type { TrafficSection } from '../../../live.ts';

/** The state of the traffic without `published` and `connected`, which can change every second. */
export type ShownTraffic = Omit<TrafficStatus, 'published' | 'connected'>;

export function settingsOf(
  traffic: TrafficSection | null | undefined,
): Readonly<Record<TrafficCluster, ShownTraffic>> | undefined {
  if (!traffic) return undefined;
  const without = ({ published: _, connected: __, ...shown }: TrafficStatus): ShownTraffic => shown;
  return { primary: without(traffic.primary), edge: without(traffic.edge) };
}
