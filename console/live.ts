import type { ActiveAlerts, AlertRule, Incident } from './alerting.ts';
import type { BatchStatus } from './controls/batch.ts';
import type { FaultStatus } from './controls/faults.ts';
import type { ScheduleStatus } from './controls/schedule.ts';
import type { TrafficCluster, TrafficStatus } from './controls/traffic.ts';
import type { OfferedControls, PipelineStatus } from './controls.ts';
import type { Topology } from './topology.ts';

/** The rates of all connections. */
export interface Flows {
  /** Unix time in milliseconds of the last answer of Prometheus; 0 before the first answer. */
  readonly at: number;
  /** The keys are ids of connections. A connection without a series is left out. */
  readonly rates: Readonly<Record<string, number>>;
  /**
   * Ids of connections that fail now. A scrape or a remote write also fails if its rate has no series. This does not
   * apply during the first scrapes of a new pipeline.
   */
  readonly failing: readonly string[];
  /** Why Prometheus does not answer. The rates are then from the time `at`. */
  readonly error?: string;
}

/** Sent by Alertmanager to the console. */
export interface Notification {
  readonly receivedAt: string;
  readonly status: 'firing' | 'resolved';
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type TrafficSection = Readonly<Record<TrafficCluster, TrafficStatus>>;

/** The live state in sections. A changed section is sent as a server-sent event with the name of the section. */
export interface LiveSections {
  readonly topology: Topology;
  readonly offered: OfferedControls;
  readonly components: PipelineStatus;
  readonly flows: Flows;
  readonly faults: readonly FaultStatus[];
  /** Null while the pipeline starts, or without this control. */
  readonly schedule: ScheduleStatus | null;
  /** Null while the pipeline starts, or without this control. */
  readonly traffic: TrafficSection | null;
  /** Null while the pipeline starts, or without this control. */
  readonly batch: BatchStatus | null;
  /** The last hundred, newest first. */
  readonly notifications: readonly Notification[];
  readonly alertRules: readonly AlertRule[];
  readonly alerts: ActiveAlerts;
  /** The last fifty, newest first. `/api/incidents` has more. */
  readonly incidents: readonly Incident[];
}

export type LiveSection = keyof LiveSections;
