import type { ActiveAlerts, AlertRule, Incident } from './alerting.ts';
import type { BatchStatus } from './controls/batch.ts';
import type { FaultStatus } from './controls/faults.ts';
import type { ScheduleStatus } from './controls/schedule.ts';
import type { TrafficCluster, TrafficStatus } from './controls/traffic.ts';
import type { OfferedControls, PipelineStatus } from './controls.ts';
import type { Topology } from './topology.ts';

/** The rates of all connections at one time. */
export interface Flows {
  /** Unix time in milliseconds of Prometheus' last answer; 0 before the first answer. */
  readonly at: number;
  /** The rate of each connection, by the id of the connection. A connection without a series is left out. */
  readonly rates: Readonly<Record<string, number>>;
  /**
   * Ids of the connections that fail now. A scrape or a remote write without a series also fails, but only after
   * Prometheus has had time for the first scrapes.
   */
  readonly failing: readonly string[];
  /** Reason why Prometheus does not answer. If it is set, the rates are from the time `at`. */
  readonly error?: string;
}

/** A notification that Alertmanager sent to the console. */
export interface Notification {
  readonly receivedAt: string;
  readonly status: 'firing' | 'resolved';
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type TrafficSection = Readonly<Record<TrafficCluster, TrafficStatus>>;

/**
 * The live state of the pipeline in sections. After a change of a section, the console sends a server-sent event with
 * the name of the section.
 */
export interface LiveSections {
  readonly topology: Topology;
  readonly offered: OfferedControls;
  readonly components: PipelineStatus;
  readonly flows: Flows;
  readonly faults: readonly FaultStatus[];
  /** State of the schedule of faults. Null while the pipeline starts, or if the console cannot change the schedule. */
  readonly schedule: ScheduleStatus | null;
  /** State of the traffic. Null while the pipeline starts, or if the console cannot change the traffic. */
  readonly traffic: TrafficSection | null;
  /** State of the batch. Null while the pipeline starts, or if the console cannot run the batch. */
  readonly batch: BatchStatus | null;
  /** The last hundred notifications, newest first. */
  readonly notifications: readonly Notification[];
  /** All alerting rules of Prometheus. */
  readonly alertRules: readonly AlertRule[];
  readonly alerts: ActiveAlerts;
  /** The last fifty incidents, newest first. The route `/api/incidents` returns more incidents. */
  readonly incidents: readonly Incident[];
}

export type LiveSection = keyof LiveSections;
