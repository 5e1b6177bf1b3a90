import type { ActiveAlerts, AlertRule, Incident } from './alerting.ts';
import type { BatchStatus } from './controls/batch.ts';
import type { FaultStatus } from './controls/faults.ts';
import type { ScheduleStatus } from './controls/schedule.ts';
import type { TrafficCluster, TrafficStatus } from './controls/traffic.ts';
import type { OfferedControls, PipelineStatus } from './controls.ts';
import type { Topology } from './topology.ts';

/** The rates of all connections at the same time. */
export interface Flows {
  /** Unix time in milliseconds of Prometheus' last answer; 0 before the first answer. */
  readonly at: number;
  /** The rate of each connection, by the id of the edge. An edge without a series is not in the list. */
  readonly rates: Readonly<Record<string, number>>;
  /**
   * Ids of the edges that fail now. A scrape or a remote write without a series also fails, after Prometheus has had
   * time for the first scrapes.
   */
  readonly failing: readonly string[];
  /**
   * Reason why Prometheus does not answer. Set only while it does not answer; the rates are then from the time `at`.
   */
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
 * The live state of the pipeline in sections. When a section changes, the server sends it as a server-sent event with
 * the name of the section.
 */
export interface LiveSections {
  readonly topology: Topology;
  readonly offered: OfferedControls;
  readonly components: PipelineStatus;
  readonly flows: Flows;
  readonly faults: readonly FaultStatus[];
  /** State of the schedule of faults; null while the pipeline starts, and if the console cannot change the schedule. */
  readonly schedule: ScheduleStatus | null;
  /** State of the traffic; null while the pipeline starts, and if the console cannot change the traffic. */
  readonly traffic: TrafficSection | null;
  /** State of the batch; null while the pipeline starts, and if the console cannot run the batch. */
  readonly batch: BatchStatus | null;
  /** The last hundred notifications, newest first. */
  readonly notifications: readonly Notification[];
  /** All alerting rules of Prometheus. */
  readonly alertRules: readonly AlertRule[];
  /** The alerts that are pending or fire. */
  readonly alerts: ActiveAlerts;
  /** The last fifty incidents, newest first. `/api/incidents` returns more. */
  readonly incidents: readonly Incident[];
}

export type LiveSection = keyof LiveSections;
