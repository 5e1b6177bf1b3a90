import type { ActiveAlerts, AlertRule, Incident } from './alerting.ts';
import type { BatchStatus } from './controls/batch.ts';
import type { FaultStatus } from './controls/faults.ts';
import type { ScheduleStatus } from './controls/schedule.ts';
import type { TrafficCluster, TrafficStatus } from './controls/traffic.ts';
import type { OfferedControls, PipelineStatus } from './controls.ts';
import type { Topology } from './topology.ts';

/** The rates of all connections on the map. */
export interface Flows {
  /** Unix time in milliseconds of the last answer of Prometheus; 0 before the first answer. */
  readonly at: number;
  /** The keys are ids of connections. A connection without a series has no key. */
  readonly rates: Readonly<Record<string, number>>;
  /** Ids of the connections with a failure. For a scrape or remote write, the rate 0 is also a failure. */
  readonly failing: readonly string[];
  /** Why Prometheus does not answer. `rates` and `failing` then come from the last answer. */
  readonly error?: string;
}

/** A notification that the console received from Alertmanager. */
export interface Notification {
  readonly receivedAt: string;
  readonly status: 'firing' | 'resolved';
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type TrafficSection = Readonly<Record<TrafficCluster, TrafficStatus>>;

/** A null value means that the pipeline is starting, or that the pipeline has no such control. */
export interface LiveSections {
  readonly topology: Topology;
  readonly offered: OfferedControls;
  readonly components: PipelineStatus;
  readonly flows: Flows;
  readonly faults: readonly FaultStatus[];
  readonly schedule: ScheduleStatus | null;
  readonly traffic: TrafficSection | null;
  readonly batch: BatchStatus | null;
  /** The last hundred notifications. The newest notification is first. */
  readonly notifications: readonly Notification[];
  readonly alertRules: readonly AlertRule[];
  readonly alerts: ActiveAlerts;
  /** The last fifty incidents. The newest incident is first. `/api/incidents` returns more incidents. */
  readonly incidents: readonly Incident[];
}

export type LiveSection = keyof LiveSections;
