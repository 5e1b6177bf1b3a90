import type { ActiveAlerts, AlertRule, Incident } from './alerting.ts';
import type { BatchStatus } from './controls/batch.ts';
import type { FaultStatus } from './controls/faults.ts';
import type { ScheduleStatus } from './controls/schedule.ts';
import type { TrafficCluster, TrafficStatus } from './controls/traffic.ts';
import type { OfferedControls, PipelineStatus } from './controls.ts';
import type { Topology } from './topology.ts';

/** The rates of all connections at one time. */
export interface Flows {
  /** Unix time in milliseconds of the last answer of Prometheus; 0 before the first answer. */
  readonly at: number;
  /** The rate of each edge by its id. An edge without a series is missing. */
  readonly rates: Readonly<Record<string, number>>;
  /** Ids of the edges that fail now. An edge without a series fails once Prometheus has had time to scrape. */
  readonly failing: readonly string[];
  /** Why Prometheus does not answer, while it does not answer; the rates are then as old as `at`. */
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

/** The live state of the pipeline. The server sends a section as a server-sent event of its name when it changes. */
export interface LiveSections {
  readonly topology: Topology;
  readonly offered: OfferedControls;
  readonly components: PipelineStatus;
  readonly flows: Flows;
  readonly faults: readonly FaultStatus[];
  /** null while the pipeline starts, and where the console cannot change it. */
  readonly schedule: ScheduleStatus | null;
  /** null while the pipeline starts, and where the console cannot change it. */
  readonly traffic: TrafficSection | null;
  /** null while the pipeline starts, and where the console cannot run it. */
  readonly batch: BatchStatus | null;
  /** The last hundred, newest first. */
  readonly notifications: readonly Notification[];
  /** Every alerting rule of Prometheus. */
  readonly alertRules: readonly AlertRule[];
  /** The alerts that are pending or fire. */
  readonly alerts: ActiveAlerts;
  /** The last fifty, newest first; `/api/incidents` has more. */
  readonly incidents: readonly Incident[];
}

export type LiveSection = keyof LiveSections;
